"""Games of the literature and small ones, for the tests of this folder and its neighbours."""

from deterrence.games import ExtensiveGame, by_type, chance, move, outcome, types
from deterrence.parameters import Parameters


def unilateral():
    """Zagare and Kilgour (1993), "Asymmetric Deterrence"."""
    P = Parameters()
    a_war_soft, a_back, a_war_hard, a_sq, a_win = P.ordered("a_DDm < a_CD < a_DDp < a_SQ < a_DC")
    b_war_soft, b_concede, b_war_hard, b_win = P.ordered("b_DDm < b_DC < b_DDp < b_CD")
    b_sq = P.real("b_SQ")
    p_A, p_B = P.probability("p_A p_B")
    conflict = outcome(
        "Conflict",
        Challenger=by_type(Hard=a_war_hard, Soft=a_war_soft),
        Defender=by_type(Hard=b_war_hard, Soft=b_war_soft),
    )
    press = move(
        "Challenger",
        "press",
        back_down=outcome("Defender Wins", Challenger=a_back, Defender=b_win),
        fight=conflict,
    )
    respond = move(
        "Defender",
        "respond",
        concede=outcome("Challenger Wins", Challenger=a_win, Defender=b_concede),
        resist=press,
    )
    tree = move(
        "Challenger",
        "initiate",
        cooperate=outcome("Status Quo", Challenger=a_sq, Defender=b_sq),
        defect=respond,
    )
    players = {"Challenger": types(Hard=p_A, Soft=1 - p_A), "Defender": types(Hard=p_B, Soft=1 - p_B)}
    return ExtensiveGame("Unilateral deterrence", parameters=P, players=players, tree=tree)


def mutual():
    """Kilgour and Zagare (1991), "Credibility, Uncertainty, and Deterrence"."""
    P = Parameters()
    a_war_soft, a_lose, a_war_hard, a_sq, a_win = P.ordered("a_DDm < a_CD < a_DDp < a_SQ < a_DC")
    b_war_soft, b_lose, b_war_hard, b_sq, b_win = P.ordered("b_DDm < b_DC < b_DDp < b_SQ < b_CD")
    p_A, p_B = P.probability("p_A p_B")
    war = outcome("Conflict", A=by_type(Hard=a_war_hard, Soft=a_war_soft), B=by_type(Hard=b_war_hard, Soft=b_war_soft))
    a_wins, b_wins = outcome("A Wins", A=a_win, B=b_lose), outcome("B Wins", A=a_lose, B=b_win)
    tree = move(
        "A",
        "first",
        cooperate=move(
            "B",
            "first",
            cooperate=outcome("Status Quo", A=a_sq, B=b_sq),
            defect=move("A", "retaliate", concede=b_wins, resist=war),
        ),
        defect=move(
            "B",
            "first",
            cooperate=move("B", "retaliate", concede=a_wins, resist=war),
            defect=war,
        ),
    )
    players = {"A": types(Hard=p_A, Soft=1 - p_A), "B": types(Hard=p_B, Soft=1 - p_B)}
    return ExtensiveGame("Generalized mutual deterrence", parameters=P, players=players, tree=tree)


def escalation():
    """Zagare and Kilgour (1995): extended deterrence, a Defender of four correlated types (tactical, strategic)."""
    P = Parameters()
    c = {s.name[2:]: s for s in P.ordered("c_EEm < c_DE < c_EEp < c_DD < c_ED < c_SQ < c_DC")}
    d = {s.name[2:]: s for s in P.ordered("d_EEm < d_ED < d_EEp < d_DDm < d_DC < d_DDp < d_DE < d_SQ")}
    p_ch = P.probability("p_Ch")
    p_hh, p_hs, p_sh, p_ss = P.distribution("p_HH p_HS p_SH p_SS")
    P.define("p_Tac", p_hh + p_hs)
    c_ee = by_type(Hard=c["EEp"], Soft=c["EEm"])
    d_ee = by_type(HH=d["EEp"], HS=d["EEm"], SH=d["EEp"], SS=d["EEm"])
    d_dd = by_type(HH=d["DDp"], HS=d["DDp"], SH=d["DDm"], SS=d["DDm"])
    all_out = outcome("All-out conflict", Challenger=c_ee, Defender=d_ee)
    answer = move(
        "Defender",
        "answer",
        desist=outcome("Challenger escalates and wins", Challenger=c["ED"], Defender=d["ED"]),
        escalate=all_out,
    )
    limited = outcome("Limited conflict", Challenger=c["DD"], Defender=d_dd)
    tree = move(
        "Challenger",
        "initiate",
        cooperate=outcome("Status Quo", Challenger=c["SQ"], Defender=d["SQ"]),
        demand=move(
            "Defender",
            "respond",
            concede=outcome("Concession", Challenger=c["DC"], Defender=d["DC"]),
            defy=move("Challenger", "after defiance", desist=limited, escalate=answer),
            escalate=move(
                "Challenger",
                "after escalation",
                desist=outcome("Defender escalates and wins", Challenger=c["DE"], Defender=d["DE"]),
                escalate=all_out,
            ),
        ),
    )
    players = {
        "Challenger": types(Hard=p_ch, Soft=1 - p_ch),
        "Defender": types(HH=p_hh, HS=p_hs, SH=p_sh, SS=p_ss),
    }
    return ExtensiveGame("Asymmetric escalation", parameters=P, players=players, tree=tree)


def pay(a=0, b=0, name="End"):
    """A leaf for players A and B."""
    return outcome(name, A=a, B=b)


def two(tree, **more):
    """A game of A and B without types or symbols."""
    return ExtensiveGame("Small", players=["A", "B"], tree=tree, **more)


def hidden_draw(label_sun="plan", label_rain="plan"):
    """Nature draws the weather; A moves under a label that may hide it."""
    leaves = {"go": pay(1, 0), "stay": pay(0, 1)}
    return two(
        chance(
            "weather",
            sun=("1/3", move("A", label_sun, leaves)),
            rain=("2/3", move("A", label_rain, leaves)),
        )
    )
