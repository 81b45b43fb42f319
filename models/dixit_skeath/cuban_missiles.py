"""Brinkmanship with a chosen risk: the Cuban numbers of Dixit and Skeath, Games of Strategy."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    holds,
    never_coexist,
    never_occurs,
    outcome_probability,
    recalled,
    sign_of,
    when_types_known,
)
from deterrence.games import Node

P = dt.Parameters()
p = P.probability("p", description="probability that the Soviets are hard-line", sample="1/4")
q_s, q_g = P.ordered(
    "0 < q_s < q_g < 1",
    descriptions=["smaller risk of war that a threat may carry if it is defied", "greater risk"],
    samples=["7/10", "9/10"],
)
w = P.positive("w", description="United States: loss from war, in units in which the missiles cost 2", sample=10)
P.assume(w > 2)


def threat(size: str, risk: sp.Expr) -> Node:
    """The Soviets answer a threat that carries this risk."""
    return dt.move(
        "Soviets",
        f"answer to a {size} risk",
        withdraw=dt.outcome("Withdrawal", {"United States": 1, "Soviets": -4}),
        defy=dt.chance(
            f"brink of a {size} risk",
            war=(risk, dt.outcome("War", {"United States": -w, "Soviets": dt.by_type(Hard=-4, Soft=-8)})),
            none=(1 - risk, dt.outcome("Defied", {"United States": -2, "Soviets": 2})),
        ),
    )


game = dt.ExtensiveGame(
    "Cuban missiles",
    parameters=P,
    players={"United States": None, "Soviets": dt.types(Hard=p, Soft=1 - p)},
    tree=dt.move(
        "United States",
        "risk",
        none=dt.outcome("Missiles Stay", {"United States": -2, "Soviets": 2}),
        small=threat("small", q_s),
        great=threat("great", q_g),
    ),
)

US = ("United States", "risk")
effective = sp.Rational(3, 5)  # the risk from which the soft withdraw; the hard-line defy any
acceptable = 3 * (1 - p) / ((w - 2) * p)  # the risk up to which a threat that the soft obey is better than none
CITED = "Dixit and Skeath, Games of Strategy, ch. on brinkmanship, numbers recalled; derived again"
CLAIMS = (
    derived(
        "The smaller risk is chosen if and only if it is effective, q_s >= 3/5, and acceptable, "
        "q_s <= 3(1 - p)/((w - 2) p)",
        exists_iff("Small risk", sp.And(q_s >= effective, q_s <= acceptable)),
    ),
    derived(
        "The greater is chosen if and only if the smaller is not effective, and it is both effective and acceptable",
        exists_iff("Great risk", sp.And(q_s <= effective, q_g >= effective, q_g <= acceptable)),
    ),
    derived(
        "No threat is made if and only if neither can be both",
        exists_iff(
            "No threat",
            sp.Or(
                sp.And(q_s >= effective, q_s >= acceptable),
                sp.And(q_s <= effective, sp.Or(q_g <= effective, q_g >= acceptable)),
            ),
        ),
    ),
    derived("One of the three exists everywhere", always_exists("Small risk", "Great risk", "No threat")),
    derived(
        "The best risk is the least that is effective: where the smaller would do the greater is never chosen",
        never_coexist("Great risk", "Small risk"),
    ),
    recalled(
        "With war at -10 a threat is acceptable if and only if its risk is at most 3(1 - p)/(8 p)",
        holds(sp.Eq(acceptable, 3 * (1 - p) / (8 * p)), on=sp.Eq(w, 10)),
        CITED,
    ),
    recalled(
        "With war at -10 some risk is effective and acceptable if and only if p <= 5/13",
        holds(sp.Equivalent(acceptable >= effective, p <= sp.Rational(5, 13)), on=sp.Eq(w, 10)),
        CITED,
    ),
    recalled(
        "With war at -10 the pure threat of certain war is acceptable if and only if p <= 3/11",
        holds(sp.Equivalent(acceptable >= 1, p <= sp.Rational(3, 11)), on=sp.Eq(w, 10)),
        CITED,
    ),
    recalled(
        "With war at -12 the pure threat is acceptable if and only if p <= 3/13, and some risk if and only if p <= 1/3",
        holds(
            sp.And(
                sp.Equivalent(acceptable >= 1, p <= sp.Rational(3, 13)),
                sp.Equivalent(acceptable >= effective, p <= sp.Rational(1, 3)),
            ),
            on=sp.Eq(w, 12),
        ),
        CITED,
    ),
    derived("A small risk leads to war with probability p q_s", outcome_probability("Small risk", "War", p * q_s)),
    derived(
        "A greater risk, where it has to be chosen, means more war", sign_of("War", q_g, "increasing", "Great risk")
    ),
    derived(
        "If the Soviets are known to be hard-line, no threat is made",
        when_types_known("Missiles Stay", Soviets="Hard"),
    ),
    folklore(
        "If the Soviets are known to be soft, a threat makes them withdraw, whatever its risk",
        when_types_known("Withdrawal", Soviets="Soft"),
    ),
    folklore("A threat with a small enough risk is always worth making", exists_iff("Small risk", q_s <= acceptable)),
    folklore(
        "A greater risk deters better, so it is better to choose it",
        exists_iff("Great risk", sp.And(q_g >= effective, q_g <= acceptable)),
    ),
    folklore("War is always avoided", never_occurs("War")),
)

model = dt.Model(
    title="Brinkmanship: the Cuban missiles",
    game=game,
    citation="Dixit and Skeath, Games of Strategy, chapter on brinkmanship",
    strand="The crisis canon",
    row=15,
    question="Which risk of war makes a threat effective, and which is still acceptable?",
    picture=("p", "q_s"),
    sweep={"q_s": (0, "9/10", 37), "p": (0, 1, 41)},
    story=(
        "The United States may threaten, and chooses how great a risk of war the threat carries; once it is defied the "
        "risk is out of its hands. The Soviets, hard-line or soft, withdraw or defy. A risk too small does not "
        "frighten the soft; a risk too great is worse than leaving the missiles where they are, for the hard-line "
        "defy it."
    ),
    names={
        "Small risk": {
            US: "small",
            ("Soviets", "Hard", "answer to a small risk"): "defy",
            ("Soviets", "Soft", "answer to a small risk"): "withdraw",
        },
        "Great risk": {
            US: "great",
            ("Soviets", "Hard", "answer to a great risk"): "defy",
            ("Soviets", "Soft", "answer to a great risk"): "withdraw",
        },
        "No threat": {US: "none"},
    },
    claims=CLAIMS,
)
