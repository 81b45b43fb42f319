"""The inspection game: a textbook game (Avenhaus, von Stengel and Zamir 2002, for a survey); conditions are ours."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    in_equilibrium,
    never_occurs,
    outcome_probability,
    plays,
    recalled,
    sign_of,
    unique_iff,
)

P = dt.Parameters()
g = P.positive("g", description="Inspectee: gain from a violation that is not found", sample=2)
f = P.positive("f", description="Inspectee: penalty of a violation that is found", sample=6)
i = P.positive("i", description="Inspector: cost of an inspection", sample=1)
h = P.positive("h", description="Inspector: harm of a violation that is not found", sample=4)
d = P.positive("d", description="Inspector: harm of a violation that is found", sample=1)

game = dt.StrategicGame(
    "Inspection",
    parameters=P,
    actions={"Inspectee": ["comply", "violate"], "Inspector": ["trust", "inspect"]},
    payoffs={
        "comply": {"trust": (0, 0), "inspect": (0, -i)},
        "violate": {"trust": (g, -h), "inspect": (-f, -d - i)},
    },
)

INSPECTEE, INSPECTOR = ("Inspectee", "choice"), ("Inspector", "choice")
x, y = sp.symbols("x y", real=True)

CLAIMS = (
    recalled(
        "The mixed equilibrium violates with probability i/(h - d)",
        in_equilibrium("Cat and mouse", sp.Eq(x, i / (h - d)), {x: plays(INSPECTEE, "violate")}),
        "textbook; derived again",
    ),
    recalled(
        "It inspects with probability g/(g + f)",
        in_equilibrium("Cat and mouse", sp.Eq(y, g / (g + f)), {y: plays(INSPECTOR, "inspect")}),
        "textbook; derived again",
    ),
    derived(
        "It exists if and only if an inspection is worth its cost, i <= h - d", exists_iff("Cat and mouse", i <= h - d)
    ),
    derived("It is then alone", unique_iff("Cat and mouse", i <= h - d)),
    derived("Open violation if and only if i >= h - d", exists_iff("Open violation", i >= h - d)),
    derived("One of the two always exists", always_exists("Cat and mouse", "Open violation")),
    derived(
        "A heavier penalty makes undetected violation more likely: there is less inspection, and as much violation",
        sign_of("violate, trust", f, "increasing", "Cat and mouse"),
    ),
    derived(
        "A greater gain makes undetected violation less likely",
        sign_of("violate, trust", g, "decreasing", "Cat and mouse"),
    ),
    derived("Dearer inspections make it more likely", sign_of("violate, trust", i, "increasing", "Cat and mouse")),
    derived(
        "A violation is found with probability i g/((h - d)(g + f))",
        outcome_probability("Cat and mouse", "violate, inspect", i * g / ((h - d) * (g + f))),
    ),
    folklore(
        "A heavier penalty deters: undetected violation falls with f",
        sign_of("violate, trust", f, "decreasing", "Cat and mouse"),
    ),
    folklore("A penalty greater than the gain prevents violations", never_occurs("violate, trust", on=f > g)),
    folklore(
        "The Inspectee violates less, the heavier the penalty: with probability g/(g + f)",
        in_equilibrium("Cat and mouse", sp.Eq(x, g / (g + f)), {x: plays(INSPECTEE, "violate")}),
    ),
)

model = dt.Model(
    title="Inspection",
    game=game,
    citation="Avenhaus, von Stengel and Zamir, Inspection games, Handbook of Game Theory III (2002)",
    strand="The crisis canon",
    row=15,
    question="How often is there a violation, and how often an inspection?",
    picture=("g", "f"),
    sweep={"i": ("1/10", 4, 40), "f": ("1/2", 10, 20)},
    story=(
        "A state that has signed a treaty complies or violates it, an inspector looks or trusts. Each would do "
        "something else if it knew what the other does."
    ),
    names={
        "Cat and mouse": {INSPECTEE: ("comply", "violate"), INSPECTOR: ("trust", "inspect")},
        "Open violation": {INSPECTEE: "violate", INSPECTOR: "trust"},
    },
    claims=CLAIMS,
)
