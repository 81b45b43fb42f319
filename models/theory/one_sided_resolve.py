"""Denial beside a resolve known to the defender alone: verbal literature (Snyder 1961; Jervis 1979), game ours."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    believes,
    derived,
    exists_iff,
    folklore,
    in_equilibrium,
    never_occurs,
    outcome_probability,
    sign_of,
    when_types_known,
)
from deterrence.games import Node

P = dt.Parameters()
V = P.positive("V", description="Challenger: value of the prize", sample=10)
c = P.positive("c", description="Challenger: cost of fighting", sample=1)
k = P.positive("k", description="Challenger: harm done by punishment", sample=8)
s_D, s_0 = P.ordered(
    "0 < s_D < s_0 < 1",
    descriptions=["success of an attack against denial", "success of an attack without denial"],
    samples=["1/5", "1/2"],
)
f_m, f_p = P.ordered(
    "f_m < 0 < f_p",
    descriptions=["Irresolute Defender: worth of punishing", "Resolute Defender: worth of punishing"],
    samples=[-1, 1],
)
L = P.positive("L", description="Defender: loss if the attack succeeds", sample=6)
d = P.positive("d", description="Defender: cost of denial", sample=1)
r = P.probability("r", description="resolve: probability that the Defender is Resolute", sample="1/4")
P.assume(s_D * V > c, s_0 * V - c < k)  # neither denial nor doubt deters by itself, and certain punishment does


def crisis(posture: str, success: sp.Expr, cost: sp.Expr) -> Node:
    """The Challenger sees the posture; attacked, the Defender, who knows its resolve, punishes or submits."""
    resolve = dt.by_type(Resolute=f_p - success * L - cost, Irresolute=f_m - success * L - cost)
    return dt.move(
        "Challenger",
        f"facing {posture}",
        wait=dt.outcome("Peace", Challenger=0, Defender=-cost),
        attack=dt.move(
            "Defender",
            f"attacked with {posture}",
            submit=dt.outcome("Fait Accompli", Challenger=success * V - c, Defender=-success * L - cost),
            punish=dt.outcome("Punishment", Challenger=success * V - c - k, Defender=resolve),
        ),
    )


game = dt.ExtensiveGame(
    "One-sided resolve",
    parameters=P,
    players={"Defender": dt.types(Resolute=r, Irresolute=1 - r), "Challenger": None},
    tree=dt.move("Defender", "prepare", denial=crisis("denial", s_D, d), nothing=crisis("nothing", s_0, sp.Integer(0))),
)
RESOLUTE, IRRESOLUTE = ("Defender", "Resolute", "prepare"), ("Defender", "Irresolute", "prepare")
DENIAL, NOTHING = ("Challenger", "facing denial"), ("Challenger", "facing nothing")
r_D, r_0 = (s_D * V - c) / k, (s_0 * V - c) / k  # the resolve that deters with denial, and without
b = sp.Symbol("b", real=True)


def prepared(what: str, place: tuple[str, str], answer: str) -> dict[tuple[str, ...], str]:
    """Both types prepare the same, and the Challenger answers."""
    return {RESOLUTE: what, IRRESOLUTE: what, place: answer}


CLAIMS = (
    derived("Resolve deters without denial if and only if r >= (s_0 V - c)/k", exists_iff("Resolve deters", r >= r_0)),
    derived(
        "Denial and resolve deter together if and only if r >= (s_D V - c)/k and even the Resolute, who would like to "
        "punish, prefer denial to an attack: L s_0 >= d + f_p",
        exists_iff("Denial deters", sp.And(r >= r_D, L * s_0 >= d + f_p)),
    ),
    derived(
        "Denial is prepared though it does not deter if and only if r <= (s_D V - c)/k and it saves what it costs",
        exists_iff("Denial is fought", sp.And(r <= r_D, L * (s_0 - s_D) >= d)),
    ),
    derived(
        "The Defender is attacked unprepared if and only if r <= (s_0 V - c)/k and denial costs more than it saves",
        exists_iff("Nothing is fought", sp.And(r <= r_0, L * (s_0 - s_D) <= d)),
    ),
    derived(
        "Between the two resolves, where denial is worth its cost in war, there is an equilibrium in which both types "
        "prepare it only sometimes",
        exists_iff("Doubt", sp.And(r >= r_D, r <= r_0, L * (s_0 - s_D) >= d)),
    ),
    derived(
        "One of these four always exists, whether or not denial deters in another equilibrium",
        always_exists("Resolve deters", "Denial is fought", "Nothing is fought", "Doubt"),
    ),
    derived(
        "Denial that deters tells nothing of resolve: the Challenger believes what it did before",
        in_equilibrium(
            "Denial deters", sp.Eq(b, r), {b: believes("Challenger", "facing denial", "Defender", "Resolute")}
        ),
    ),
    derived(
        "An attack in spite of denial is punished with probability r, the oftener the more resolute Defenders are",
        sign_of("Punishment", r, "increasing", "Denial is fought"),
    ),
    derived(
        "With resolve known there is no punishment: the Resolute deter", when_types_known("Peace", Defender="Resolute")
    ),
    derived("Where denial and resolve deter together nobody is punished", never_occurs("Punishment", "Denial deters")),
    folklore("Denial deters wherever it suffices together with resolve", exists_iff("Denial deters", r >= r_D)),
    folklore(
        "Who prepares denial lacks resolve",
        in_equilibrium("Denial deters", b < r, {b: believes("Challenger", "facing denial", "Defender", "Resolute")}),
    ),
    folklore(
        "A Defender that is likelier Resolute than not is never attacked",
        never_occurs("Punishment", on=r > sp.Rational(1, 2)),
    ),
    folklore("What is fought is always punished", outcome_probability("Nothing is fought", "Punishment", 1)),
)

model = dt.Model(
    title="Denial beside a private resolve",
    game=game,
    citation="G. Snyder, Deterrence and Defense (1961); Jervis, World Politics 31 (1979): verbal; formalisation ours",
    strand="Deterrence",
    row=1,
    question="How much denial does a defender need that alone knows its resolve?",
    picture=("r", "d"),
    sweep={"r": (0, 1, 41), "d": ("1/10", 4, 40)},
    story=(
        "A defender that alone knows its resolve prepares denial or nothing. The challenger sees what is prepared, not "
        "the resolve; attack pays s*V - c, less k if it is punished, which only the Resolute do. Denial lowers s, so "
        "that less resolve is needed to deter. Names are ours."
    ),
    names={
        "Denial deters": prepared("denial", DENIAL, "wait"),
        "Denial is fought": prepared("denial", DENIAL, "attack"),
        "Resolve deters": prepared("nothing", NOTHING, "wait"),
        "Nothing is fought": prepared("nothing", NOTHING, "attack"),
        "Doubt": {
            RESOLUTE: ("denial", "nothing"),
            IRRESOLUTE: ("denial", "nothing"),
            DENIAL: ("wait", "attack"),
            NOTHING: ("wait", "attack"),
        },
    },
    claims=CLAIMS,
)
