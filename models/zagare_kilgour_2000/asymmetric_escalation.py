"""Asymmetric escalation: extended deterrence with a limited and an all-out answer to a challenge."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    Claim,
    always_exists,
    believes,
    derived,
    exists_iff,
    folklore,
    holds,
    in_equilibrium,
    never_coexist,
    never_occurs,
    outcome_probability,
    plays,
    refinement_removes,
    sign_of,
    threshold,
    when_types_known,
)

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

COOPERATE = {("Challenger", kind, "initiate"): "cooperate" for kind in ("Hard", "Soft")}
ALL_ESCALATE = defender(HH="escalate", HS="escalate", SH="escalate", SS="escalate")

ACTIONS = {"C": "concede", "D": "defy", "E": "escalate"}
NEXT = {"D": "desist", "E": "escalate"}
Pattern = dict[tuple[str, str, str], str | tuple[str, ...]]


def path(soft: tuple[str, ...], replies: str, hard_next: str = "") -> Pattern:
    """What is played on the path when the Hard Challenger demands: the replies of HH, HS, SH, SS, spaces between.

    After defiance the Soft Challenger desists; the Hard one does what `hard_next` says.
    """
    found: Pattern = {("Challenger", "Hard", "initiate"): "demand", ("Challenger", "Soft", "initiate"): soft}
    for kind, letters in zip(("HH", "HS", "SH", "SS"), replies.split(), strict=True):
        found["Defender", kind, "respond"] = tuple(ACTIONS[letter] for letter in letters)
    if hard_next:
        found["Challenger", "Hard", "after defiance"] = tuple(NEXT[letter] for letter in hard_next)
        found["Challenger", "Soft", "after defiance"] = "desist"
    return found


BOTH, SOFT_MIXES = ("demand",), ("cooperate", "demand")
NO_RESPONSE = ("No-Response (NRE)", "No-Response, other plans")
NRE, CLRE1, DET2 = "No-Response (NRE)", "Constrained Limited Response (CLRE1)", "Limited-Response Deterrence (Det2)"

q_H, q_S = (c_ED - c_DD) / (c_ED - c_EEp), (c_ED - c_DD) / (c_ED - c_EEm)  # escalate after defiance iff q <= q_t
c_T = (c_DC - c_SQ) / (c_DC - c_DD)  # defiance that leaves the Challenger indifferent
c_E = (c_DC - c_SQ) / (c_DC - c_DE)  # escalation that leaves the Soft Challenger indifferent
r_H, r_S = (
    (d_DE - d_DC) / (d_DE - d_EEp),
    (d_DE - d_DC) / (d_DE - d_EEm),
)  # prefer escalation to concession iff r <= r_t
r_D = (d_DE - d_DDp) / (d_DE - d_EEp)  # HH prefers escalation to limited conflict for certain iff r <= r_D
W_HH, W_HS = (
    (d_DDp - d_DC) / (d_DDp - d_EEp),
    (d_DDp - d_DC) / (d_DDp - d_ED),
)  # prefer defiance to concession iff W <= W_t
r_M = r_D + W_HS * (d_DDp - d_EEp) / (d_DE - d_EEp)  # HH is indifferent between escalation and defiance met by W_HS
strong = p_HH >= q_H * p_Tac  # the tactically Hard are likely strategically Hard
weak = p_HH <= q_H * p_Tac
ratio = (c_DC - c_DD) / (c_DC - c_DE)
room = c_E - p_Tac * ratio  # escalation that leaves the Soft Challenger indifferent where HH and HS defy
room_mixed = c_E - p_HH / q_H * ratio  # the same where HS mixes so that q = q_H
defied = (c_SQ - c_DE - p_SS * (c_DC - c_DE)) / (c_DD - c_DE)  # defiance, where only SS concedes
mixed_defied = p_HS / (1 - q_H)  # defiance, where HS defies and HH mixes so that q = q_H
share = (c_E - p_Str) / (ratio / q_H - 1)  # of HH that defies, where HH and HS mix so that q = q_H

q, r, q_HH, q_SH, no = sp.symbols("q r q_HH q_SH no", real=True)
AFTER_DEFIANCE = {
    q_HH: believes("Challenger", "after defiance", "Defender", "HH"),
    q_SH: believes("Challenger", "after defiance", "Defender", "SH"),
}
DEMANDER = {r: believes("Defender", "respond", "Challenger", "Hard")}
CONCESSION = {no: plays(("Defender", "SH", "respond"), "concede")}

# who plays what on the path, and where: names are ours, C concedes, D defies, E escalates, brackets are mixtures
PATHS: dict[str, tuple[Pattern, sp.Basic]] = {
    "Both demand, ECEC": (path(BOTH, "E C E C"), sp.And(r_S <= p_Ch, p_Ch <= r_H, p_Str <= c_E)),
    "Both demand, DDEC": (
        path(BOTH, "D D E C", "D"),
        sp.And(strong, r_S <= p_Ch, r_D <= p_Ch, p_Ch <= r_H, p_SH <= room),
    ),
    "Both demand, D(CD)CC": (path(BOTH, "D CD C C", "DE"), sp.And(weak, p_Ch >= r_H, p_HH / q_H <= c_T)),
    "Both demand, D(CD)EC": (
        path(BOTH, "D CD E C", "DE"),
        sp.And(weak, r_M <= p_Ch, p_Ch <= r_H, p_SH <= room_mixed),
    ),
    "Both demand, (DE)DEC": (
        path(BOTH, "DE D E C", "DE"),
        sp.And(strong, r_S <= p_Ch, r_D <= p_Ch, p_Ch <= r_M, mixed_defied >= defied),
    ),
    "Soft mixes, (CE)C(CE)C": (path(SOFT_MIXES, "CE C CE C"), sp.And(p_Ch <= r_H, p_Str >= c_E)),
    "Soft mixes, CC(CE)C": (path(SOFT_MIXES, "C C CE C"), sp.And(p_Ch <= r_H, p_SH >= c_E)),
    "Soft mixes, (CE)CCC": (path(SOFT_MIXES, "CE C C C"), sp.And(p_Ch <= r_H, p_HH >= c_E)),
    "Soft mixes, EC(CE)C": (path(SOFT_MIXES, "E C CE C"), sp.And(p_Ch <= r_H, p_HH <= c_E, p_Str >= c_E)),
    "Soft mixes, (CE)CEC": (path(SOFT_MIXES, "CE C E C"), sp.And(p_Ch <= r_H, p_SH <= c_E, p_Str >= c_E)),
    "Soft mixes, E(CE)E(CE)": (path(SOFT_MIXES, "E CE E CE"), sp.And(p_Ch <= r_S, p_Str <= c_E)),
    "Soft mixes, ECE(CE)": (path(SOFT_MIXES, "E C E CE"), sp.And(p_Ch <= r_S, p_Str <= c_E, p_Str + p_SS >= c_E)),
    "Soft mixes, E(CE)EC": (path(SOFT_MIXES, "E CE E C"), sp.And(p_Ch <= r_S, p_Str <= c_E, p_Str + p_HS >= c_E)),
    "Soft mixes, E(CE)EE": (path(SOFT_MIXES, "E CE E E"), sp.And(p_Ch <= r_S, p_Str + p_SS <= c_E)),
    "Soft mixes, EEE(CE)": (path(SOFT_MIXES, "E E E CE"), sp.And(p_Ch <= r_S, p_Str + p_HS <= c_E)),
    "Soft mixes, DD(CE)C": (
        path(SOFT_MIXES, "D D CE C", "D"),
        sp.And(strong, p_Ch <= r_H, room >= 0, room <= p_SH),
    ),
    "Soft mixes, DDE(CE)": (
        path(SOFT_MIXES, "D D E CE", "D"),
        sp.And(strong, r_D <= r_S, p_Ch <= r_S, p_SH <= room, room <= p_SH + p_SS),
    ),
    "Soft mixes, D(CD)(CE)C": (
        path(SOFT_MIXES, "D CD CE C", "DE"),
        sp.And(weak, p_Ch <= r_H, room_mixed >= 0, room_mixed <= p_SH),
    ),
    "Soft mixes, (DE)DEC": (
        path(SOFT_MIXES, "DE D E C", "D"),
        sp.And(r_S <= r_D, p_Ch <= r_D, defied <= p_Tac, mixed_defied <= defied),
    ),
    "Soft mixes, (DE)DE(CE)": (
        path(SOFT_MIXES, "DE D E CE", "DE"),
        sp.And(strong, r_D <= r_S, p_Ch <= r_S, mixed_defied >= defied),
    ),
    "Soft mixes, (DE)(CD)EC": (
        path(SOFT_MIXES, "DE CD E C", "DE"),
        sp.And(p_Ch <= r_M, share >= 0, share <= p_HH, share <= p_HS * q_H / (1 - q_H)),
    ),
}


def row(name: str, words: str) -> Claim:
    """That a pattern of play exists exactly where its condition holds."""
    return derived(f"{name} exists if and only if {words}", exists_iff(name, PATHS[name][1]))


CERTAIN_NEXT = tuple(name for name, (pattern, _) in PATHS.items() if ("desist", "escalate") not in pattern.values())

CLAIMS = (
    # what everybody knows: limited conflict needs incomplete information
    derived(
        "With types known, a Defender that is Hard at both levels deters a Hard Challenger",
        when_types_known("Status Quo", Challenger="Hard", Defender="HH"),
    ),
    derived(
        "With types known, a Hard Challenger wins against a Defender that is strategically Soft",
        when_types_known("Defender Concedes", Challenger="Hard", Defender="HS"),
    ),
    derived(
        "With types known, a Hard Challenger wins against a Defender that is tactically Soft",
        when_types_known("Defender Concedes", Challenger="Hard", Defender="SH"),
    ),
    derived(
        "With types known, a Hard Challenger wins against a Defender that is Soft at both levels",
        when_types_known("Defender Concedes", Challenger="Hard", Defender="SS"),
    ),
    derived(
        "With types known, a Soft Challenger is deterred by a Defender that is Hard at both levels",
        when_types_known("Status Quo", Challenger="Soft", Defender="HH"),
    ),
    derived(
        "With types known, a Soft Challenger is deterred by a Defender that is strategically Soft",
        when_types_known("Status Quo", Challenger="Soft", Defender="HS"),
    ),
    derived(
        "With types known, a Soft Challenger is deterred by a Defender that is tactically Soft",
        when_types_known("Status Quo", Challenger="Soft", Defender="SH"),
    ),
    derived(
        "With types known, a Soft Challenger is deterred by a Defender that is Soft at both levels",
        when_types_known("Status Quo", Challenger="Soft", Defender="SS"),
    ),
    # thresholds
    derived("Thresholds of escalation after defiance: 0 < q_S < q_H < 1", holds(sp.And(q_S > 0, q_S < q_H, q_H < 1))),
    derived("Thresholds of escalation by the Defender: 0 < r_S < r_H < 1", holds(sp.And(r_S > 0, r_S < r_H, r_H < 1))),
    derived("Thresholds of defiance: 0 < W_HS < W_HH < r_H", holds(sp.And(W_HS > 0, W_HS < W_HH, r_H > W_HH))),
    derived(
        "Escalation deters with less probability than defiance: 0 < c_E < c_T < 1",
        holds(sp.And(c_E > 0, c_E < c_T, c_T < 1)),
    ),
    derived("r_D < r_M < r_H", holds(sp.And(r_D < r_M, r_M < r_H))),
    derived(
        "The belief q_H leaves a Hard Challenger indifferent after defiance",
        threshold(q_H * c_EEp + (1 - q_H) * c_ED, c_DD),
    ),
    derived(
        "The belief q_S leaves a Soft Challenger indifferent after defiance",
        threshold(q_S * c_EEm + (1 - q_S) * c_ED, c_DD),
    ),
    derived(
        "The belief r_H leaves a strategically Hard Defender indifferent between escalation and concession",
        threshold(r_H * d_EEp + (1 - r_H) * d_DE, d_DC),
    ),
    derived(
        "The belief r_S leaves a strategically Soft Defender indifferent between escalation and concession",
        threshold(r_S * d_EEm + (1 - r_S) * d_DE, d_DC),
    ),
    derived(
        "Defiance with probability c_T, settled by limited conflict, leaves the Challenger indifferent",
        threshold(c_T * c_DD + (1 - c_T) * c_DC, c_SQ),
    ),
    derived(
        "Even a strategically Hard Defender prefers concession to all-out conflict: this is not the unilateral game",
        holds(d_EEp < d_DC),
    ),
    # where the named equilibria exist (names recalled, conditions derived)
    derived("No-Response (NRE) exists if and only if p_Ch >= r_H", exists_iff(NRE, p_Ch >= r_H)),
    derived("So does no response with other plans of the Challenger", exists_iff(NO_RESPONSE, p_Ch >= r_H)),
    derived(
        "CLRE1 exists if and only if p_HH >= q_H p_Tac, p_Tac <= c_T and p_Ch >= r_H",
        exists_iff(CLRE1, sp.And(strong, p_Tac <= c_T, p_Ch >= r_H)),
    ),
    derived(
        "Det2 exists if and only if p_HH >= q_H p_Tac and p_Tac >= c_T",
        exists_iff(DET2, sp.And(strong, p_Tac >= c_T)),
    ),
    derived("Deterrence by escalation of all types exists everywhere", exists_iff("Deterrence, EEEE", True)),
    # what else is played on the path (conditions derived by hand, off the threshold lines)
    row("Both demand, ECEC", "p_Str <= c_E and r_S <= p_Ch <= r_H"),
    row("Both demand, DDEC", "p_HH >= q_H p_Tac, p_SH <= room and max(r_S, r_D) <= p_Ch <= r_H"),
    row("Both demand, D(CD)CC", "p_HH <= q_H p_Tac, p_HH <= q_H c_T and p_Ch >= r_H"),
    row("Both demand, D(CD)EC", "p_HH <= q_H p_Tac, p_SH <= room_mixed and r_M <= p_Ch <= r_H"),
    row("Both demand, (DE)DEC", "p_HH >= q_H p_Tac, mixed_defied >= defied and max(r_S, r_D) <= p_Ch <= r_M"),
    row("Soft mixes, (CE)C(CE)C", "p_Ch <= r_H and p_Str >= c_E"),
    row("Soft mixes, CC(CE)C", "p_Ch <= r_H and p_SH >= c_E"),
    row("Soft mixes, (CE)CCC", "p_Ch <= r_H and p_HH >= c_E"),
    row("Soft mixes, EC(CE)C", "p_Ch <= r_H and p_HH <= c_E <= p_Str"),
    row("Soft mixes, (CE)CEC", "p_Ch <= r_H and p_SH <= c_E <= p_Str"),
    row("Soft mixes, E(CE)E(CE)", "p_Ch <= r_S and p_Str <= c_E"),
    row("Soft mixes, ECE(CE)", "p_Ch <= r_S and p_Str <= c_E <= p_Str + p_SS"),
    row("Soft mixes, E(CE)EC", "p_Ch <= r_S and p_Str <= c_E <= p_Str + p_HS"),
    row("Soft mixes, E(CE)EE", "p_Ch <= r_S and p_Str + p_SS <= c_E"),
    row("Soft mixes, EEE(CE)", "p_Ch <= r_S and p_Str + p_HS <= c_E"),
    row("Soft mixes, DD(CE)C", "p_HH >= q_H p_Tac, p_Ch <= r_H and 0 <= room <= p_SH"),
    row("Soft mixes, DDE(CE)", "p_HH >= q_H p_Tac, r_D <= r_S, p_Ch <= r_S and p_SH <= room <= p_SH + p_SS"),
    row("Soft mixes, D(CD)(CE)C", "p_HH <= q_H p_Tac, p_Ch <= r_H and 0 <= room_mixed <= p_SH"),
    row("Soft mixes, (DE)DEC", "r_S <= r_D, p_Ch <= r_D and mixed_defied <= defied <= p_Tac"),
    row("Soft mixes, (DE)DE(CE)", "p_HH >= q_H p_Tac, r_D <= r_S, p_Ch <= r_S and mixed_defied >= defied"),
    row("Soft mixes, (DE)(CD)EC", "p_Ch <= r_M and 0 <= share <= min(p_HH, p_HS q_H / (1 - q_H))"),
    # what is believed
    derived(
        "NRE needs the belief, off the path, that who defies is likely strategically Soft: q <= q_S",
        in_equilibrium(NRE, q_HH + q_SH <= q_S, AFTER_DEFIANCE),
    ),
    derived("In NRE the Defender learns nothing from the demand", in_equilibrium(NRE, sp.Eq(r, p_Ch), DEMANDER)),
    derived(
        "In CLRE1 and Det2 defiance shows a tactically Hard Defender: q = p_HH / p_Tac",
        in_equilibrium([CLRE1, DET2], sp.Eq(q_HH + q_SH, p_HH / p_Tac), AFTER_DEFIANCE),
    ),
    derived(
        "Det2 needs the belief, off the path, that who demands is likely Hard: r >= r_H",
        in_equilibrium(DET2, r >= r_H, DEMANDER),
    ),
    derived(
        "Deterrence by escalation needs the belief, off the path, that who demands is likely Soft: r <= r_S",
        in_equilibrium("Deterrence, EEEE", r <= r_S, DEMANDER),
    ),
    # all of them together
    derived("At least one equilibrium exists everywhere", always_exists()),
    derived(
        "Off the line p_Str = c_E at least one equilibrium with a challenge exists",
        always_exists(
            NRE, "Both demand, ECEC", "Soft mixes, (CE)C(CE)C", "Soft mixes, E(CE)E(CE)", on=sp.Ne(p_Str, c_E)
        ),
    ),
    derived("CLRE1 and Det2 never coexist", never_coexist(CLRE1, DET2)),
    derived("NRE and an escalatory response of the Hard never coexist", never_coexist(NRE, "Both demand, ECEC")),
    derived("CLRE1 and DDEC never coexist", never_coexist(CLRE1, "Both demand, DDEC")),
    derived("CLRE1 and D(CD)CC never coexist", never_coexist(CLRE1, "Both demand, D(CD)CC")),
    # the refinement: who defies is tactically Hard, and nothing more is learned
    derived(
        "If a surprising defiance shows a tactically Hard Defender and nothing more, "
        "no response exists if and only if p_Ch >= r_H and p_HH <= q_H p_Tac",
        exists_iff(NO_RESPONSE, sp.And(p_Ch >= r_H, weak), beliefs="passive undominated"),
    ),
    derived(
        "That belief removes no response exactly where p_HH > q_H p_Tac",
        refinement_removes(NO_RESPONSE, p_HH > q_H * p_Tac, beliefs="passive undominated"),
    ),
    # predictions
    derived("In NRE the Defender concedes for certain", outcome_probability(NRE, "Defender Concedes", 1)),
    derived(
        "CLRE1 leads to limited conflict with probability p_Tac", outcome_probability(CLRE1, "Limited Conflict", p_Tac)
    ),
    derived(
        "CLRE1 leads to concession with probability 1 - p_Tac",
        outcome_probability(CLRE1, "Defender Concedes", 1 - p_Tac),
    ),
    derived("Det2 keeps the status quo", outcome_probability(DET2, "Status Quo", 1)),
    derived(
        "If the strategically Hard escalate, all-out conflict has probability p_Ch p_Str",
        outcome_probability("Both demand, ECEC", "All-Out Conflict", p_Ch * p_Str),
    ),
    derived(
        "If the strategically Hard escalate, the Defender wins by it with probability (1 - p_Ch) p_Str",
        outcome_probability("Both demand, ECEC", "Defender Escalates", (1 - p_Ch) * p_Str),
    ),
    derived(
        "If the tactically Hard defy and SH escalates, all-out conflict has probability p_Ch p_SH",
        outcome_probability("Both demand, DDEC", "All-Out Conflict", p_Ch * p_SH),
    ),
    derived(
        "In NRE, CLRE1 and Det2 there is no all-out conflict", never_occurs("All-Out Conflict", [NRE, CLRE1, DET2])
    ),
    derived(
        "In NRE, CLRE1 and Det2 the Challenger never escalates",
        never_occurs("Challenger Escalates", [NRE, CLRE1, DET2]),
    ),
    derived(
        "In NRE, CLRE1 and Det2 the Defender never escalates", never_occurs("Defender Escalates", [NRE, CLRE1, DET2])
    ),
    derived(
        "The Challenger escalates only where it mixes after defiance",
        never_occurs("Challenger Escalates", [NRE, CLRE1, DET2, *CERTAIN_NEXT]),
    ),
    # comparative statics
    derived(
        "In CLRE1 limited conflict is more likely as HH is, at the cost of SS",
        sign_of("Limited Conflict", p_HH, "increasing", CLRE1),
    ),
    derived(
        "In CLRE1 limited conflict does not depend on the Challenger's credibility",
        sign_of("Limited Conflict", p_Ch, "constant", CLRE1),
    ),
    derived(
        "If the strategically Hard escalate, all-out conflict is more likely as the Challenger is more credible",
        sign_of("All-Out Conflict", p_Ch, "increasing", "Both demand, ECEC"),
    ),
    derived(
        "If the strategically Hard escalate, all-out conflict is more likely as HH is, at the cost of SS",
        sign_of("All-Out Conflict", p_HH, "increasing", "Both demand, ECEC"),
    ),
    # what is often said, and false
    folklore("Limited conflict never occurs", never_occurs("Limited Conflict")),
    folklore("A limited war never grows: the Challenger never escalates", never_occurs("Challenger Escalates")),
    folklore("No response and limited response never coexist", never_coexist(NRE, CLRE1)),
    folklore(
        "As in the unilateral game, a strategically Hard Defender never concedes",
        in_equilibrium(NRE, sp.Eq(no, 0), CONCESSION),
    ),
    folklore("A limited response deters whenever it is credible", exists_iff(DET2, strong)),
    folklore(
        "A credible Challenger is never deterred: Det2 needs p_Ch <= r_H",
        exists_iff(DET2, sp.And(strong, p_Tac >= c_T, p_Ch <= r_H)),
    ),
    folklore(
        "A more credible Defender makes all-out conflict less likely",
        sign_of("All-Out Conflict", p_HH, "decreasing", "Both demand, ECEC"),
    ),
)

model = dt.Model(
    title="Asymmetric Escalation Game",
    game=game,
    citation=(
        "Zagare and Kilgour, Assessing Competing Defense Postures, World Politics 47 (1995) 373-417; Perfect "
        "Deterrence (2000), chs. 6-9, apps. 6-8; sample payoffs: Kilgour and Zagare, Explaining Limited Conflicts, "
        "CMPS 24 (2007)"
    ),
    strand="Extended deterrence",
    row=2,
    question="When do limited and all-out threats deter a challenger, and when does a crisis escalate?",
    picture=("p_Tac", "p_Ch"),
    sweep={"c_EEm": (-10, 10, 9), "p_Ch": (0, 1, 41)},
    story=(
        "A challenger may demand a revision. The defender of a third state concedes, defies in kind, or escalates "
        "at once. After a limited answer the challenger settles for limited conflict or escalates, and the defender "
        "then gives way or fights all out; after an escalation the challenger gives way or fights all out. The "
        "defender is Hard or Soft at the tactical and at the strategic level, the challenger Hard or Soft; each "
        "knows only its own type. The sample probabilities of types are ours, as are the names that spell out "
        "replies: C concedes, D defies, E escalates, in the order HH, HS, SH, SS, with mixtures in brackets."
    ),
    names={
        "No-Response (NRE)": {**challenger("demand", "escalate"), **ALWAYS_CONCEDE},
        "Constrained Limited Response (CLRE1)": {**challenger("demand", "desist"), **TACTICAL},
        "Limited-Response Deterrence (Det2)": {**challenger("cooperate", "desist"), **TACTICAL},
        "No-Response, other plans": path(BOTH, "C C C C"),
        "Deterrence, EEEE": {**COOPERATE, **ALL_ESCALATE},
        "Deterrence, other threats": COOPERATE,
        **{name: pattern for name, (pattern, _) in PATHS.items()},
    },
    claims=CLAIMS,
)
