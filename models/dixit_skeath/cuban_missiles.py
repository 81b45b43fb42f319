"""Brinkmanship with a chosen risk: the Cuban numbers of Dixit and Skeath, Games of Strategy."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    holds,
    never_occurs,
    outcome_probability,
    recalled,
    sign_of,
    when_types_known,
)

P = dt.Parameters()
p = P.probability("p", description="probability that the Soviets are hard-line", sample="1/4")
q = P.probability("q", description="risk of war that the threat carries if it is defied", sample="4/5")

game = dt.ExtensiveGame(
    "Cuban missiles",
    parameters=P,
    players={"United States": None, "Soviets": dt.types(Hard=p, Soft=1 - p)},
    tree=dt.move(
        "United States",
        "threaten",
        no=dt.outcome("Missiles Stay", {"United States": -2, "Soviets": 2}),
        yes=dt.move(
            "Soviets",
            "answer",
            withdraw=dt.outcome("Withdrawal", {"United States": 1, "Soviets": -4}),
            defy=dt.chance(
                "brink",
                war=(q, dt.outcome("War", {"United States": -10, "Soviets": dt.by_type(Hard=-4, Soft=-8)})),
                none=(1 - q, dt.outcome("Defied", {"United States": -2, "Soviets": 2})),
            ),
        ),
    ),
)

US = ("United States", "threaten")
HARD, SOFT = ("Soviets", "Hard", "answer"), ("Soviets", "Soft", "answer")
effective, acceptable = sp.Rational(3, 5), 3 * (1 - p) / (8 * p)
CITED = "Dixit and Skeath, Games of Strategy, ch. on brinkmanship, numbers recalled; derived again"

CLAIMS = (
    recalled(
        "The threat is effective if and only if q >= 3/5, and acceptable if and only if q <= 3(1 - p)/(8 p)",
        exists_iff("Brinkmanship", sp.And(q >= effective, q <= acceptable)),
        CITED,
    ),
    recalled(
        "Some risk is effective and acceptable if and only if p <= 5/13",
        holds(
            sp.Or(
                sp.And(p <= sp.Rational(5, 13), acceptable >= effective),
                sp.And(p > sp.Rational(5, 13), acceptable < effective),
            )
        ),
        CITED,
    ),
    recalled(
        "The pure threat of certain war is acceptable if and only if p <= 3/11",
        holds(sp.Or(sp.And(p <= sp.Rational(3, 11), acceptable >= 1), sp.And(p > sp.Rational(3, 11), acceptable < 1))),
        CITED,
    ),
    derived("Otherwise the missiles stay", exists_iff("No threat", sp.Or(q <= effective, q >= acceptable))),
    derived("Brinkmanship leads to war with probability p q", outcome_probability("Brinkmanship", "War", p * q)),
    derived("More risk than is effective is only more war", sign_of("War", q, "increasing", "Brinkmanship")),
    derived("One of the two exists everywhere", always_exists("Brinkmanship", "No threat")),
    derived(
        "If the Soviets are known to be hard-line, no threat is made",
        when_types_known("Missiles Stay", Soviets="Hard"),
    ),
    folklore(
        "If the Soviets are known to be soft, a threat makes them withdraw, whatever its risk",
        when_types_known("Withdrawal", Soviets="Soft"),
    ),
    folklore("A threat with a small enough risk is always worth making", exists_iff("Brinkmanship", q <= acceptable)),
    folklore("A greater risk deters better, so it is better to make it", exists_iff("Brinkmanship", q >= effective)),
    folklore("War is always avoided", never_occurs("War")),
)

model = dt.Model(
    title="Brinkmanship: the Cuban missiles",
    game=game,
    citation="Dixit and Skeath, Games of Strategy, chapter on brinkmanship",
    strand="The crisis canon",
    row=15,
    question="Which risk of war makes a threat effective, and which is still acceptable?",
    picture=("p", "q"),
    sweep={"q": (0, 1, 41), "p": (0, 1, 41)},
    story=(
        "The United States may threaten, and the threat carries a risk of war that it cannot control once defied. "
        "The Soviets, hard-line or soft, withdraw or defy. A risk too small does not frighten the soft; a risk too "
        "great is worse than leaving the missiles where they are, for the hard-line defy it."
    ),
    names={
        "Brinkmanship": {US: "yes", HARD: "defy", SOFT: "withdraw"},
        "No threat": {US: "no"},
    },
    claims=CLAIMS,
)
