"""Denial and punishment under a budget: the question is verbal (Glenn Snyder 1961), the formalisation is ours."""

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
    threshold,
)
from deterrence.games import Node

P = dt.Parameters()
N = P.positive("N", description="Challenger: worth s*V - c of an attack where nothing is bought", sample=12)
V = P.positive("V", description="Challenger: value of the prize", sample=20)
r = P.probability("r", description="credibility: probability that the punishment is carried out", sample="1/2")
d = P.positive("d", description="price of denial: of lowering the success of attack from 1 to 0", sample=30)
u = P.positive("u", description="price of one unit of punishment", sample=1)
m = P.probability("m", description="share of the budget that a mix spends on punishment", sample="1/3")
b, L = P.ordered("0 < b < L", descriptions=["budget", "Defender: what an attack costs it"], samples=[20, 60])

by_denial, by_punishment = b * V / d, b * r / u  # what the whole budget takes from the worth of an attack
by_mix = (1 - m) * by_denial + m * by_punishment


def facing(what: str, effect: sp.Expr, spent: sp.Expr) -> Node:
    """The Challenger sees what was bought."""
    return dt.move(
        "Challenger",
        f"facing {what}",
        wait=dt.outcome("Peace", Challenger=0, Defender=-spent),
        attack=dt.outcome("War", Challenger=N - effect, Defender=-L - spent),
    )


game = dt.ExtensiveGame(
    "Deterrence under a budget",
    parameters=P,
    players=["Defender", "Challenger"],
    tree=dt.move(
        "Defender",
        "spend",
        nothing=facing("nothing", sp.Integer(0), sp.Integer(0)),
        denial=facing("denial", by_denial, b),
        punishment=facing("punishment", by_punishment, b),
        mix=facing("a mix", by_mix, b),
    ),
)

SPEND = ("Defender", "spend")
CLAIMS = (
    derived("Denial deters within the budget if and only if b V/d >= N", exists_iff("Denial", by_denial >= N)),
    derived(
        "Punishment deters within the budget if and only if b r/u >= N", exists_iff("Punishment", by_punishment >= N)
    ),
    derived(
        "The budget buys no deterrent if and only if neither instrument alone deters: a mix adds nothing",
        exists_iff("Undeterrable", sp.And(by_denial <= N, by_punishment <= N)),
    ),
    derived("One of the three always exists", always_exists("Denial", "Punishment", "Undeterrable")),
    derived("War if and only if the budget buys no deterrent", outcome_probability("Undeterrable", "War", 1)),
    derived(
        "The cheapest deterrent is denial, at N d/V, wherever a unit of money does more there: V/d >= r/u",
        holds(N * d / V <= (1 - m) * N * d / V + m * N * u / r, on=V / d >= r / u),
    ),
    derived(
        "Money moved from denial to punishment changes the worth of attack at the rate b (V/d - r/u)",
        threshold(sp.diff(N - by_mix, m), b * (V / d - r / u)),
    ),
    folklore(
        "A balanced mix deters wherever either instrument does",
        exists_iff("Mix", sp.Or(by_denial >= N, by_punishment >= N)),
    ),
    folklore(
        "A mix that leans on denial fails where denial alone fails",
        holds(by_mix < N, on=sp.And(by_denial < N, m < sp.Rational(1, 2))),
    ),
    folklore("Punishment is the cheaper deterrent", holds(N * u / r <= N * d / V)),
    folklore("A budget as large as the worth of the attack keeps the peace", never_occurs("War", on=b >= N)),
)

model = dt.Model(
    title="Deterrence under a budget",
    game=game,
    citation="G. Snyder, Deterrence and Defense (1961): verbal; formalisation ours",
    strand="Deterrence",
    row=1,
    question="What is the cheapest mix of denial and punishment that deters under a budget?",
    picture=("r", "d"),
    sweep={"d": (5, 60, 56), "r": (0, 1, 41)},
    story=(
        "A defender spends a budget on denial, on punishment, on a mix of the two, or not at all. Both lower the worth "
        "s*V - c - r*k of an attack: denial by V for each unit of s, punishment by r for each unit of k. The "
        "challenger sees what was bought. Prices are constant, so that a mix is never better than the better of the "
        "two; where each can only be bought once, see denial and punishment."
    ),
    names={
        "Denial": {SPEND: "denial", ("Challenger", "facing denial"): "wait"},
        "Punishment": {SPEND: "punishment", ("Challenger", "facing punishment"): "wait"},
        "Mix": {SPEND: "mix", ("Challenger", "facing a mix"): "wait"},
        "Undeterrable": {SPEND: "nothing"},
    },
    claims=CLAIMS,
)
