"""Arms or allies under political costs, with a partner that wants arms; a finite form of ours of several arguments.

Sources: Morrow, Arms versus Allies, IO 47 (1993) 207-233; Altfeld, The Decision to Ally, WPQ 37
(1984); the objections, that procurement is wasteful and that allies without arms are unattractive, are verbal.
"""

import sympy as sp

import deterrence as dt
from deterrence.claims import always_exists, derived, exists_iff, folklore, never_coexist, never_occurs

P = dt.Parameters()
A = P.positive("A", description="security that arms bring", sample=4)
B = P.positive("B", description="security that an ally brings", sample=4)
r = P.real("r", description="interaction: what both together bring beyond the sum, negative for substitutes", sample=-1)
a = P.positive("a", description="resources that arms take", sample=1)
w = P.positive("w", description="waste of procurement, as a share of what arms take", sample="1/2")
b = P.positive("b", description="interests given up for the ally, and its political cost at home", sample=2)
n = P.positive("n", description="Partner: worth of an ally with arms", sample=1)
y = P.real("y", description="Partner: worth of an ally without arms, negative if it wants arms", sample=-1)
P.assume(A + r > 0, B + r > 0)

price = a * (1 + w)  # what arms cost at home, waste included

game = dt.ExtensiveGame(
    "Arms and allies",
    parameters=P,
    players=["State", "Partner"],
    tree=dt.move(
        "State",
        "mix",
        neither=dt.outcome("Neither", State=0, Partner=0),
        arms=dt.outcome("Arms", State=A - price, Partner=0),
        ally=dt.move(
            "Partner",
            "asked by the unarmed",
            accept=dt.outcome("Ally", State=B - b, Partner=y),
            refuse=dt.outcome("Refused", State=-b / 2, Partner=0),
        ),
        both=dt.move(
            "Partner",
            "asked by the armed",
            accept=dt.outcome("Both", State=A + B + r - price - b, Partner=n),
            refuse=dt.outcome("Armed and Refused", State=A - price - b / 2, Partner=0),
        ),
    ),
)
MIX = ("State", "mix")
CLAIMS = (
    derived(
        "Arms and an ally are taken together exactly where the ally is worth its price beside arms, both theirs, "
        "and an ally without arms is not to be had or not better",
        exists_iff("Arms and an ally", sp.And(B + r >= b, A + B + r >= price + b, sp.Or(y <= 0, A + r >= price))),
    ),
    derived(
        "Arms alone are taken exactly where they are worth their price, an ally beside them is not, "
        "and an ally without arms is not to be had or not better",
        exists_iff("Arms alone", sp.And(price <= A, B + r <= b, sp.Or(y <= 0, A - price >= B - b))),
    ),
    derived(
        "An ally alone is taken exactly where one is to be had without arms, and arms are not worth adding",
        exists_iff("Ally alone", sp.And(y >= 0, b <= B, A + r <= price, B - b >= A - price)),
    ),
    derived(
        "Neither is taken exactly where nothing that is to be had is worth its price",
        exists_iff("Neither", sp.And(price >= A, A + B + r <= price + b, sp.Or(y <= 0, b >= B))),
    ),
    derived("One of the four always exists", always_exists("Arms and an ally", "Arms alone", "Ally alone", "Neither")),
    derived("Nobody is refused: who foresees refusal does not ask", never_occurs("Refused", on=sp.Ne(y, 0))),
    derived(
        "A partner that wants arms makes complements of substitutes: with r < 0 arms are bought for the ally's sake",
        always_exists("Arms and an ally", on=sp.And(r < 0, y < 0, price > A, B + r > b, A + B + r > price + b)),
    ),
    derived(
        "Substitutes: with an ally to be had without arms and r < 0, arms not worth their price are not bought",
        never_occurs("Both", on=sp.And(r < 0, y > 0, price > A)),
    ),
    derived("A partner that wants arms is no way out for a state that has none", never_occurs("Ally", on=y < 0)),
    derived(
        "Waste that makes both together too dear ends the alliance too, if the partner wants arms",
        never_occurs("Both", on=A + B + r < price + b),
    ),
    derived(
        "A domestic bar on treaties, b > B and b > B + r, leaves arms alone or nothing",
        always_exists("Arms alone", "Neither", on=sp.And(b > B, b > B + r)),
    ),
    derived("Arms alone and both exclude each other", never_coexist("Arms alone", "Arms and an ally")),
    folklore("Arms and allies are substitutes: with r < 0 never both", never_occurs("Both", on=r < 0)),
    folklore(
        "Waste drives a state to allies: where arms are not worth their price and an ally is, it has one",
        always_exists("Arms and an ally", "Ally alone", on=sp.And(price > A, b < B)),
    ),
    folklore("Arms that are not worth their price are not bought", never_occurs("Both", on=price > A)),
)

model = dt.Model(
    title="Arms and Allies",
    game=game,
    citation=(
        "After Morrow, Arms versus Allies, IO 47 (1993) 207-233; Altfeld, The Decision to Ally, "
        "Western Political Quarterly 37 (1984)"
    ),
    strand="Arms versus allies",
    row=11,
    question="When are arms and allies substitutes, when complements, and what do waste and a choosy partner change?",
    picture=("a", "b"),
    sweep={"a": ("1/10", 6, 60), "b": ("1/10", 6, 60)},
    story=(
        "A state seeks security by arms, which take resources and waste part of them, by an ally, which costs "
        "interests and consent at home, by both or by neither. The partner gains by an ally with arms, and may lose "
        "by one without, and accepts or refuses; a refusal costs half of what consent at home would. Security from "
        "both together is more than the sum, or less. Names are ours."
    ),
    names={
        "Arms and an ally": {MIX: "both"},
        "Arms alone": {MIX: "arms"},
        "Ally alone": {MIX: "ally"},
        "Neither": {MIX: "neither"},
    },
    claims=CLAIMS,
)
