"""Balance of threat beside balance of power; the literature is verbal and this formalisation is ours.

Source: Walt, The Origins of Alliances (1987).  The measure of threat is our modelling choice: intent times the chance
that the offensive reach of a victor prevails over the third state.
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
f_i = P.positive("f_i", description="offensive capability of the stronger, as a share of its strength", sample=1)
f_j = P.positive("f_j", description="offensive capability of the weaker, as a share of its strength", sample=3)
y_i = P.probability(
    "y_i", description="nearness of the stronger: the part of its offence that distance leaves", sample="1/4"
)
y_j = P.probability(
    "y_j", description="nearness of the weaker: the part of its offence that distance leaves", sample="3/4"
)
h_i = P.probability(
    "h_i", description="probability that the stronger, if victorious, means to turn on it", sample="1/4"
)
h_j = P.probability("h_j", description="probability that the weaker, if victorious, means to turn on it", sample="3/4")
L = P.positive("L", description="what it loses when a victor turns on it and prevails, with the spoils as 1", sample=1)

o_i, o_j = f_i * y_i, f_j * y_j  # reach: offensive capability, discounted by distance
t_i = h_i * ratio(o_i * i, c)  # the threat from the stronger: the chance that it turns on the third state and prevails
t_j = h_j * ratio(o_j * j, c)  # the threat from the weaker


def worth(own: sp.Expr, other: sp.Expr, threat: sp.Expr, danger: sp.Expr, m: int) -> sp.Expr:
    """Joining `own`: its share of the spoils if that side wins, less what the victor, whoever it is, then takes."""
    wins = ratio(own + c, other, m=m)
    return wins * (c / (own + c) - threat * L) - (1 - wins) * danger * L


strong, weak = worth(i, j, t_i, t_j, 1), worth(j, i, t_j, t_i, 1)

game = dt.ExtensiveGame(
    "Balance of threat",
    parameters=P,
    players=["Third"],
    tree=dt.move(
        "Third",
        "align",
        stronger=dt.outcome("Joins the Stronger", Third=strong),
        weaker=dt.outcome("Joins the Weaker", Third=weak),
    ),
)
ALIGN = ("Third", "align")
more = h_i * o_i * i * (o_j * j + c) - h_j * o_j * j * (o_i * i + c)  # the sign of t_i - t_j

CLAIMS = (
    derived(
        "With m = 1 it joins the weaker exactly where the stronger is the greater threat",
        exists_iff("Against the stronger", more >= 0),
    ),
    derived(
        "With m = 1 it joins the stronger exactly where the weaker is the greater threat",
        exists_iff("Against the weaker", more <= 0),
    ),
    derived("One of the two always exists", always_exists("Against the stronger", "Against the weaker")),
    derived(
        "Power alone decides, and it joins the weaker, between two equally intent, equally offensive and equally near",
        never_occurs("Joins the Stronger", on=sp.And(sp.Eq(h_i, h_j), sp.Eq(f_i, f_j), sp.Eq(y_i, y_j))),
    ),
    derived(
        "Geography alone turns it round: of two equally intent and offensive rivals it joins the stronger if that is "
        "far enough, y_i i < y_j j",
        never_occurs("Joins the Weaker", on=sp.And(sp.Eq(h_i, h_j), sp.Eq(f_i, f_j), y_i * i < y_j * j)),
    ),
    derived(
        "So does offensive capability alone: of two equally intent and near it joins the stronger if f_i i < f_j j",
        never_occurs("Joins the Weaker", on=sp.And(sp.Eq(h_i, h_j), sp.Eq(y_i, y_j), f_i * i < f_j * j)),
    ),
    derived(
        "And intent alone, of two equally offensive and near, if the weaker is so much the more intent that it is the "
        "greater threat though the weaker power",
        never_occurs(
            "Joins the Weaker",
            on=sp.And(sp.Eq(f_i, f_j), sp.Eq(y_i, y_j), h_j * j * (o_i * i + c) > h_i * i * (o_j * j + c)),
        ),
    ),
    derived(
        "Power alone predicts wrongly where the weaker is the more intent and its strength times reach no smaller",
        never_occurs("Joins the Weaker", on=sp.And(h_j > h_i, o_j * j >= o_i * i)),
    ),
    derived(
        "With m = 1 the difference in worth is L c (t_j - t_i)/(i + j + c)",
        threshold(strong - weak, L * c * (t_j - t_i) / (i + j + c)),
    ),
    derived(
        "With equal threats t the choice is that of the balance of power: the same t L is lost either way",
        threshold(worth(i, j, h_i, h_i, 2) - worth(j, i, h_i, h_i, 2), worth(i, j, 0, 0, 2) - worth(j, i, 0, 0, 2)),
    ),
    derived(
        "With m = 2 and c < j spoils draw it to the stronger: with threats h_i and h_j of any size it joins the weaker "
        "only if the stronger threatens more",
        holds(h_i > h_j, on=sp.And(c < j, worth(i, j, h_i, h_j, 2) <= worth(j, i, h_j, h_i, 2))),
    ),
    folklore("A third state joins the weaker of two rivals", never_occurs("Joins the Stronger")),
    folklore("A third state joins against the rival of worse intent", never_occurs("Joins the Weaker", on=h_j > h_i)),
    folklore("A third state joins against the nearer rival", never_occurs("Joins the Weaker", on=y_j > y_i)),
    folklore(
        "A third state joins against the rival of greater offensive capability",
        never_occurs("Joins the Weaker", on=f_j > f_i),
    ),
)

model = dt.Model(
    title="Balance of Threat",
    game=game,
    citation="After Walt, The Origins of Alliances (1987)",
    strand="Balance of threat",
    row=7,
    question="When does the third state join the less threatening side, and where does power alone predict wrongly?",
    picture=("h_i", "h_j"),
    sweep={"f_i": ("1/4", 4, 16), "h_i": (0, 1, 41)},
    story=(
        "Two rivals of unequal strength go to war, and a third state joins one of them. Its side wins by its strength "
        "and divides the spoils; then the victor, friend or foe, turns on the third state with a probability given "
        "by its intent, and prevails by its strength times its offensive capability, which distance discounts. The "
        "contest between the rivals has decisiveness m = 1, where spoils decide nothing."
    ),
    names={"Against the stronger": {ALIGN: "weaker"}, "Against the weaker": {ALIGN: "stronger"}},
    claims=CLAIMS,
)
