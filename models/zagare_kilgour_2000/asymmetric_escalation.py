"""Asymmetric escalation: extended deterrence with a limited and an all-out answer to a challenge."""

import deterrence as dt

P = dt.Parameters()
c_EEm, c_DE, c_EEp, c_DD, c_ED, c_SQ, c_DC = P.ordered(
    "c_EEm < c_DE < c_EEp < c_DD < c_ED < c_SQ < c_DC",
    descriptions=[
        "Soft Challenger: all-out conflict",
        "Challenger: the Defender escalates and wins",
        "Hard Challenger: all-out conflict",
        "Challenger: limited conflict",
        "Challenger: the Challenger escalates and wins",
        "Challenger: status quo",
        "Challenger: the Defender concedes",
    ],
    samples=[0, 20, 25, 40, 45, 60, 100],
)
d_EEm, d_ED, d_EEp, d_DDm, d_DC, d_DDp, d_DE, d_SQ = P.ordered(
    "d_EEm < d_ED < d_EEp < d_DDm < d_DC < d_DDp < d_DE < d_SQ",
    descriptions=[
        "strategically Soft Defender: all-out conflict",
        "Defender: the Challenger escalates and wins",
        "strategically Hard Defender: all-out conflict",
        "tactically Soft Defender: limited conflict",
        "Defender: concession",
        "tactically Hard Defender: limited conflict",
        "Defender: the Defender escalates and wins",
        "Defender: status quo",
    ],
    samples=[0, 20, 30, 40, 50, 60, 90, 100],
)
p_Ch = P.probability("p_Ch", description="probability that the Challenger is Hard", sample="3/4")
p_HH, p_HS, p_SH, p_SS = P.distribution(
    "p_HH p_HS p_SH p_SS",
    descriptions=[
        "probability that the Defender is tactically and strategically Hard",
        "probability that the Defender is tactically Hard, strategically Soft",
        "probability that the Defender is tactically Soft, strategically Hard",
        "probability that the Defender is tactically and strategically Soft",
    ],
    samples=["1/4", "1/4", "1/4", "1/4"],
)
p_Tac = P.define("p_Tac", p_HH + p_HS, description="probability that the Defender is tactically Hard")
p_Str = P.define("p_Str", p_HH + p_SH, description="probability that the Defender is strategically Hard")

all_out = dt.outcome(
    "All-Out Conflict",
    Challenger=dt.by_type(Hard=c_EEp, Soft=c_EEm),
    Defender=dt.by_type(HH=d_EEp, HS=d_EEm, SH=d_EEp, SS=d_EEm),
)
limited = dt.outcome("Limited Conflict", Challenger=c_DD, Defender=dt.by_type(HH=d_DDp, HS=d_DDp, SH=d_DDm, SS=d_DDm))
game = dt.ExtensiveGame(
    "Asymmetric escalation",
    parameters=P,
    players={
        "Challenger": dt.types(Hard=p_Ch, Soft=1 - p_Ch),
        "Defender": dt.types(HH=p_HH, HS=p_HS, SH=p_SH, SS=p_SS),
    },
    tree=dt.move(
        "Challenger",
        "initiate",
        cooperate=dt.outcome("Status Quo", Challenger=c_SQ, Defender=d_SQ),
        demand=dt.move(
            "Defender",
            "respond",
            concede=dt.outcome("Defender Concedes", Challenger=c_DC, Defender=d_DC),
            defy=dt.move(
                "Challenger",
                "after defiance",
                desist=limited,
                escalate=dt.move(
                    "Defender",
                    "answer",
                    desist=dt.outcome("Challenger Escalates", Challenger=c_ED, Defender=d_ED),
                    escalate=all_out,
                ),
            ),
            escalate=dt.move(
                "Challenger",
                "after escalation",
                desist=dt.outcome("Defender Escalates", Challenger=c_DE, Defender=d_DE),
                escalate=all_out,
            ),
        ),
    ),
)


def challenger(initiate: str, after_defiance: str) -> dict[tuple[str, str, str], str]:
    """Both types of the Challenger alike."""
    moves = {"initiate": initiate, "after defiance": after_defiance}
    return {("Challenger", kind, label): action for label, action in moves.items() for kind in ("Hard", "Soft")}


def defender(**responses: str) -> dict[tuple[str, str, str], str]:
    """The response of each type of the Defender."""
    return {("Defender", kind, "respond"): action for kind, action in responses.items()}


ALWAYS_CONCEDE = defender(HH="concede", HS="concede", SH="concede", SS="concede")
TACTICAL = defender(HH="defy", HS="defy", SH="concede", SS="concede")

model = dt.Model(
    title="Asymmetric Escalation Game",
    game=game,
    citation=(
        "Zagare and Kilgour, Assessing Competing Defense Postures, World Politics 47 (1995) 373-417; Perfect "
        "Deterrence (2000), chs. 6-9, apps. 6-8; sample payoffs: Kilgour and Zagare, Explaining Limited Conflicts, "
        "CMPS 24 (2007)"
    ),
    strand="Extended deterrence",
    story=(
        "A challenger may demand a revision. The defender of a third state concedes, defies in kind, or escalates "
        "at once. After a limited answer the challenger settles for limited conflict or escalates, and the defender "
        "then gives way or fights all out; after an escalation the challenger gives way or fights all out. The "
        "defender is Hard or Soft at the tactical and at the strategic level, the challenger Hard or Soft; each "
        "knows only its own type. The sample probabilities of types are ours."
    ),
    names={
        "No-Response (NRE)": {**challenger("demand", "escalate"), **ALWAYS_CONCEDE},
        "Constrained Limited Response (CLRE1)": {**challenger("demand", "desist"), **TACTICAL},
        "Limited-Response Deterrence (Det2)": {**challenger("cooperate", "desist"), **TACTICAL},
    },
)
