"""Balancing and bandwagoning of a third state in a decisive contest; our formalisation of a verbal literature.

Sources: Waltz, Theory of International Politics (1979); Powell, In the Shadow of Power (1999), ch. 5, for the question.
The side of strength x beats one of strength y with probability x^2/(x^2 + y^2); victors divide the prize by strength.
"""

import sympy as sp

import deterrence as dt
from deterrence.claims import always_exists, derived, exists_iff, folklore, holds, never_occurs, threshold
from deterrence.contests import ratio

P = dt.Parameters()
j, i = P.ordered(
    "0 < j < i",
    descriptions=["strength of the weaker of the two rivals", "strength of the stronger of the two rivals"],
    samples=[2, 3],
)
c = P.positive("c", description="strength of the third state", sample=1)
n = P.probability(
    "n", description="what the third state keeps by staying neutral, as a share of the prize", sample="1/10"
)


def worth(own: sp.Expr, other: sp.Expr, m: int) -> sp.Expr:
    """What joining `own` is worth against `other`: the chance of victory times the share by strength."""
    return ratio(own + c, other, m=m) * c / (own + c)


strong, weak = worth(i, j, 2), worth(j, i, 2)

game = dt.ExtensiveGame(
    "Alignment of a third state",
    parameters=P,
    players=["Third"],
    tree=dt.move(
        "Third",
        "align",
        bandwagon=dt.outcome("Joins the Stronger", Third=strong),
        balance=dt.outcome("Joins the Weaker", Third=weak),
        neutral=dt.outcome("Neutral", Third=n),
    ),
)
ALIGN = ("Third", "align")

CLAIMS = (
    derived(
        "It bandwagons exactly where c^2 <= i^2 + j^2 and joining the stronger is worth its neutrality",
        exists_iff("Bandwagoning", sp.And(c**2 <= i**2 + j**2, c * (i + c) >= n * ((i + c) ** 2 + j**2))),
    ),
    derived(
        "It balances exactly where c^2 >= i^2 + j^2 and joining the weaker is worth its neutrality",
        exists_iff("Balancing", sp.And(c**2 >= i**2 + j**2, c * (j + c) >= n * ((j + c) ** 2 + i**2))),
    ),
    derived(
        "It stays neutral exactly where neither side offers more",
        exists_iff("Neutrality", sp.And(n >= strong, n >= weak)),
    ),
    derived("One of the three always exists", always_exists("Bandwagoning", "Balancing", "Neutrality")),
    derived(
        "A state weaker than either rival never balances where war is decisive, m = 2",
        never_occurs("Joins the Weaker", on=c < j),
    ),
    derived("A state weaker than the stronger rival never balances either", never_occurs("Joins the Weaker", on=c < i)),
    derived(
        "With m = 1 it is indifferent between the two, whatever the three strengths",
        threshold(worth(i, j, 1), worth(j, i, 1)),
    ),
    derived(
        "With m = 3 joining the stronger pays more exactly where c^2 <= i^2 - i j + j^2",
        holds(sp.Equivalent(worth(i, j, 3) >= worth(j, i, 3), c**2 <= i**2 - i * j + j**2)),
    ),
    derived(
        "A state so weak that c < n i stays neutral",
        never_occurs("Joins the Stronger", on=c < n * i),
    ),
    folklore("Decisive war, m > 1, always makes third states bandwagon", holds(strong > weak)),
    folklore(
        "The more decisive war is, the more third states bandwagon: who does with m = 2 does with m = 3",
        holds(worth(i, j, 3) >= worth(j, i, 3), on=strong >= weak),
    ),
    folklore("Third states balance against the stronger", holds(weak >= strong)),
    folklore(
        "Only states weaker than the stronger rival bandwagon: the strongest of the three balances",
        never_occurs("Joins the Stronger", on=c > i),
    ),
    folklore(
        "The stronger the third state, the more joining the stronger pays it over joining the weaker",
        holds(sp.diff(strong - weak, c) > 0),
    ),
)

model = dt.Model(
    title="Alignment of a Third State, Decisive Contest",
    game=game,
    citation="After Waltz, Theory of International Politics (1979); Powell, In the Shadow of Power (1999), ch. 5",
    strand="Balance of power",
    row=6,
    question="Does a third state join the weaker side, the stronger, or neither?",
    picture=("c", "n"),
    sweep={"c": ("1/4", 6, 24), "n": (0, 1, 41)},
    story=(
        "Two rivals of unequal strength go to war over a prize. A third state joins the stronger, joins the weaker, "
        "or stays neutral. The strength of a side decides its chance of victory, the more sharply the greater the "
        "decisiveness m, and the victors divide the prize by strength. The game is the case m = 2."
    ),
    names={"Bandwagoning": {ALIGN: "bandwagon"}, "Balancing": {ALIGN: "balance"}, "Neutrality": {ALIGN: "neutral"}},
    claims=CLAIMS,
)
