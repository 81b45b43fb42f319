"""Rudimentary asymmetric deterrence: one threat, one challenger, and doubt about the defender alone."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    holds,
    in_equilibrium,
    never_coexist,
    never_occurs,
    outcome_probability,
    plays,
    recalled,
    refinement_removes,
    sign_of,
    threshold,
    unique_iff,
    when_types_known,
)

P = dt.Parameters()
a_DD, a_SQ, a_DC = P.ordered(
    "a_DD < a_SQ < a_DC",
    descriptions=["Challenger: conflict", "Challenger: status quo", "Challenger: the Defender concedes"],
    samples=[0, 2, 3],
)
b_DDm, b_DC, b_DDp, b_SQ = P.ordered(
    "b_DDm < b_DC < b_DDp < b_SQ",
    descriptions=["Soft Defender: conflict", "Defender: concession", "Hard Defender: conflict", "Defender: status quo"],
    samples=[0, 1, 2, 3],
)
p_B = P.probability("p_B", description="credibility: probability that the Defender is Hard", sample="1/4")

game = dt.ExtensiveGame(
    "Rudimentary asymmetric deterrence",
    parameters=P,
    players={"Challenger": None, "Defender": dt.types(Hard=p_B, Soft=1 - p_B)},
    tree=dt.move(
        "Challenger",
        "initiate",
        cooperate=dt.outcome("Status Quo", Challenger=a_SQ, Defender=b_SQ),
        defect=dt.move(
            "Defender",
            "respond",
            concede=dt.outcome("Challenger Wins", Challenger=a_DC, Defender=b_DC),
            resist=dt.outcome("Conflict", Challenger=a_DD, Defender=dt.by_type(Hard=b_DDp, Soft=b_DDm)),
        ),
    ),
)

INITIATE = ("Challenger", "initiate")
p_star = (a_DC - a_SQ) / (a_DC - a_DD)
x, y_H, y_S = sp.symbols("x y_H y_S", real=True)
PLAY = {
    x: plays(INITIATE, "defect"),
    y_H: plays(("Defender", "Hard", "respond"), "resist"),
    y_S: plays(("Defender", "Soft", "respond"), "resist"),
}
ALL = ("Deterrence", "Challenge", "Indifference")

BOOK = "Zagare and Kilgour, Perfect Deterrence (2000), app. 3"
DERIVED_AGAIN = f"{BOOK}; recalled, the formula derived again"
CLAIMS = (
    recalled(
        "With types known, a Hard Defender deters", when_types_known("Status Quo", Defender="Hard"), DERIVED_AGAIN
    ),
    recalled(
        "With types known, a Soft Defender concedes and the Challenger wins",
        when_types_known("Challenger Wins", Defender="Soft"),
        DERIVED_AGAIN,
    ),
    recalled("The Hard Defender resists for certain", in_equilibrium(ALL, sp.Eq(y_H, 1), PLAY), DERIVED_AGAIN),
    recalled("The Soft Defender concedes for certain", in_equilibrium(ALL, sp.Eq(y_S, 0), PLAY), DERIVED_AGAIN),
    recalled(
        "Resistance with probability p* = (a_DC - a_SQ) / (a_DC - a_DD) leaves the Challenger indifferent",
        threshold((1 - p_star) * a_DC + p_star * a_DD, a_SQ),
        DERIVED_AGAIN,
    ),
    recalled("0 < p* < 1", holds(sp.And(p_star > 0, p_star < 1)), DERIVED_AGAIN),
    recalled(
        "The Challenger is deterred for certain if p_B > p*", exists_iff("Deterrence", p_B >= p_star), DERIVED_AGAIN
    ),
    recalled(
        "The Challenger challenges for certain if p_B < p*", exists_iff("Challenge", p_B <= p_star), DERIVED_AGAIN
    ),
    recalled(
        "Where p_B > p* deterrence is the only equilibrium",
        unique_iff("Deterrence", p_B > p_star),
        DERIVED_AGAIN,
    ),
    recalled(
        "Where p_B < p* a challenge is the only equilibrium", unique_iff("Challenge", p_B < p_star), DERIVED_AGAIN
    ),
    recalled(
        "On the line, and only there, the Challenger may mix",
        exists_iff("Indifference", sp.Eq(p_B, p_star)),
        DERIVED_AGAIN,
    ),
    derived("An equilibrium exists everywhere", always_exists("Deterrence", "Challenge")),
    derived("Deterrence and challenge coexist at most on the line p_B = p*", never_coexist("Deterrence", "Challenge")),
    derived("A challenge leads to conflict with probability p_B", outcome_probability("Challenge", "Conflict", p_B)),
    derived("Under deterrence conflict never occurs", never_occurs("Conflict", "Deterrence")),
    derived("Above p* conflict never occurs", never_occurs("Conflict", on=p_B > p_star)),
    derived(
        "While deterrence fails, conflict is more likely as p_B rises",
        sign_of("Conflict", p_B, "increasing", "Challenge"),
    ),
    derived("A Nash equilibrium with deterrence exists everywhere", exists_iff("Deterrence", True, concept="nash")),
    derived(
        "Perfection removes deterrence exactly where p_B < p*: there it rests on an incredible threat",
        refinement_removes("Deterrence", p_B < p_star, base_concept="nash"),
    ),
    derived(
        "Deterrence is a Nash equilibrium only if the threat is large enough: p_B y_H + (1 - p_B) y_S >= p*",
        in_equilibrium("Deterrence", p_B * y_H + (1 - p_B) * y_S >= p_star, PLAY, concept="nash"),
    ),
    folklore("A credible threat always deters", outcome_probability(ALL, "Status Quo", 1)),
    folklore("Deterrence exists everywhere", exists_iff("Deterrence", True)),
    folklore(
        "As the Defender becomes more credible, conflict is always less likely",
        sign_of("Conflict", p_B, "weakly decreasing", ["Deterrence", "Challenge"]),
    ),
    folklore(
        "In a Nash equilibrium the Soft Defender concedes",
        in_equilibrium("Deterrence", sp.Eq(y_S, 0), PLAY, concept="nash"),
    ),
)

model = dt.Model(
    title="Rudimentary Asymmetric Deterrence Game",
    game=game,
    citation="Zagare and Kilgour, Perfect Deterrence (Cambridge University Press, 2000), sec. 3.4, apps. 1.1 and 3",
    strand="Deterrence",
    row=1,
    question="How credible must a threat be to deter a challenger that would fight?",
    picture=("p_B", "a_SQ"),
    sweep={"a_DD": (-4, 1, 21), "p_B": (0, 1, 41)},
    story=(
        "A challenger may accept the status quo or demand its revision. If it demands, the defender concedes or "
        "resists, and resistance is conflict. A Hard defender prefers conflict to concession, a Soft one does not; "
        "only the defender knows which it is. The threat deters when the defender is credible enough. "
        "The names of the equilibria are ours."
    ),
    names={
        "Deterrence": {INITIATE: "cooperate"},
        "Challenge": {INITIATE: "defect"},
        "Indifference": {INITIATE: ("cooperate", "defect")},
    },
    claims=CLAIMS,
)
