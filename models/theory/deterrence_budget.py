"""Denial and punishment under a budget: the question is verbal (Glenn Snyder 1961), the formalisation is ours."""

import sympy as sp
from deterrence.models.theory._crisis import facing

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    holds,
    never_occurs,
    outcome_probability,
)

P = dt.Parameters()
N = P.positive("N", description="Challenger: worth s*V - c of an attack where nothing is bought", sample=12)
V = P.positive("V", description="Challenger: value of the prize", sample=20)
r = P.probability("r", description="credibility: probability that the punishment is carried out", sample="1/2")
d = P.positive("d", description="price of denial: of lowering the success of attack from 1 to 0", sample=30)
u = P.positive("u", description="price of one unit of punishment", sample=1)
g = P.real("g", description="how far returns diminish: half the money buys (1 + g)/2 of what all buys", sample="1/2")
b, L = P.ordered("0 < b < L", descriptions=["budget", "Defender: what an attack costs it"], samples=[20, 60])

P.assume(g >= 0, g < 1)

by_denial, by_punishment = b * V / d, b * r / u  # what the whole budget takes from the worth of an attack
by_mix = (1 + g) / 2 * (by_denial + by_punishment)  # half of it spent on each

game = dt.ExtensiveGame(
    "Deterrence under a budget",
    parameters=P,
    players=["Defender", "Challenger"],
    tree=dt.move(
        "Defender",
        "spend",
        nothing=facing("nothing", N, L, sp.Integer(0)),
        denial=facing("denial", N - by_denial, L, b),
        punishment=facing("punishment", N - by_punishment, L, b),
        mix=facing("a mix", N - by_mix, L, b),
    ),
)

SPEND = ("Defender", "spend")
cost_denial, cost_punishment = N * d / V, N * u / r  # the budgets that just deter by one instrument
cost_mix = 2 * N / ((1 + g) * (V / d + r / u))  # and by half of each
CLAIMS = (
    derived("Denial deters within the budget if and only if b V/d >= N", exists_iff("Denial", by_denial >= N)),
    derived(
        "Punishment deters within the budget if and only if b r/u >= N", exists_iff("Punishment", by_punishment >= N)
    ),
    derived(
        "Half of each deters within the budget if and only if (1 + g)/2 (b V/d + b r/u) >= N",
        exists_iff("Mix", by_mix >= N),
    ),
    derived(
        "The budget buys no deterrent if and only if neither instrument nor half of each deters",
        exists_iff("Undeterrable", sp.And(by_denial <= N, by_punishment <= N, by_mix <= N)),
    ),
    derived("One of the four always exists", always_exists("Denial", "Punishment", "Mix", "Undeterrable")),
    derived("There is war where the budget buys no deterrent", outcome_probability("Undeterrable", "War", 1)),
    derived(
        "And only there: no war where one of them deters",
        never_occurs("War", on=sp.Or(by_denial > N, by_punishment > N, by_mix > N)),
    ),
    derived(
        "With constant returns, g = 0, a mix adds nothing: where neither instrument deters, no deterrent is bought",
        always_exists("Undeterrable", on=sp.And(sp.Eq(g, 0), by_denial < N, by_punishment < N)),
    ),
    derived(
        "The mix is the cheapest deterrent exactly where the instruments are about as good: each does at least "
        "(1 - g)/(1 + g) of what the other does for the money",
        holds(
            sp.Equivalent(
                sp.And(cost_mix <= cost_denial, cost_mix <= cost_punishment),
                sp.And((1 - g) * V / d <= (1 + g) * r / u, (1 - g) * r / u <= (1 + g) * V / d),
            )
        ),
    ),
    derived(
        "Otherwise the better instrument alone is: denial, where (1 - g) V/d >= (1 + g) r/u",
        holds(sp.And(cost_denial <= cost_mix, cost_denial <= cost_punishment), on=(1 - g) * V / d >= (1 + g) * r / u),
    ),
    derived(
        "With diminishing returns a mix may deter where neither instrument does: for N below (1 + g) times what one "
        "does, if they are equally good",
        always_exists("Mix", on=sp.And(sp.Eq(V / d, r / u), by_denial < N, (1 + g) * by_denial > N)),
    ),
    folklore(
        "A balanced mix deters wherever either instrument does",
        exists_iff("Mix", sp.Or(by_denial >= N, by_punishment >= N, by_mix >= N)),
    ),
    folklore(
        "The better instrument alone is always the cheapest deterrent",
        holds(sp.Or(cost_denial <= cost_mix, cost_punishment <= cost_mix)),
    ),
    folklore("Punishment is the cheaper deterrent", holds(cost_punishment <= cost_denial)),
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
        "challenger sees what was bought. A mix spends half on each; returns may diminish, so that half the money buys "
        "more than half of the effect. Where each can only be bought once, see denial and punishment."
    ),
    names={
        "Denial": {SPEND: "denial", ("Challenger", "facing denial"): "wait"},
        "Punishment": {SPEND: "punishment", ("Challenger", "facing punishment"): "wait"},
        "Mix": {SPEND: "mix", ("Challenger", "facing a mix"): "wait"},
        "Undeterrable": {SPEND: "nothing"},
    },
    claims=CLAIMS,
)
