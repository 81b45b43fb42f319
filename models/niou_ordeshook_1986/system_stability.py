"""Which states an anarchic system cannot do without: system stability after Niou and Ordeshook, three states."""

import sympy as sp

import deterrence as dt
from deterrence.claims import derived, exists_iff, folklore, holds, recalled, region_is

P = dt.Parameters()
r_3, r_2, r_1 = P.ordered(
    "0 < r_3 < r_2 < r_1",
    descriptions=["resources of the weakest state", "resources of the second", "resources of the strongest"],
    samples=[80, 100, 120],
)
STATES = ("First", "Second", "Third")
game = dt.CoalitionGame("Balance of power", parameters=P, resources=dict(zip(STATES, (r_1, r_2, r_3), strict=True)))
stable, essential = dt.system_stable(game), dt.essential(game)
half = (r_1 + r_2 + r_3) / 2
SOURCE = "Niou and Ordeshook 1986; Niou, Ordeshook and Rose 1989, from memory; derived again"

CLAIMS = (
    recalled(
        "No state is eliminated if and only if none has more than half of all resources",
        region_is(stable, r_1 <= half),
        SOURCE,
    ),
    derived("The stable system is what the game's solution gives there", exists_iff("stable system", r_1 <= half)),
    derived(
        "The two weaker states are essential exactly where together they match the strongest",
        region_is(essential["Second"] & essential["Third"], r_1 <= r_2 + r_3),
    ),
    derived("The strongest state is essential whatever the distribution", region_is(essential["First"], True)),
    derived(
        "Each two can defeat the third unless the strongest has half: then only coalitions with it win",
        region_is(dt.winning(game, ["Second", "Third"]), r_1 < half),
    ),
    derived(
        "A state with exactly half is safe and threatens no one: equality belongs to stability",
        holds(r_1 <= half, on=sp.Eq(r_1, r_2 + r_3)),
    ),
    folklore("A system is stable only if its states are about equal", region_is(stable, r_1 < 2 * r_3)),
    folklore("Where one state is the strongest it will eliminate the weakest", region_is(stable, False)),
    folklore(
        "The weakest state is essential only among near equals, r_1 < r_2 + r_3/2",
        region_is(essential["Third"], r_1 < r_2 + r_3 / 2),
    ),
)

model = dt.Model(
    title="System stability",
    game=game,
    citation="Niou and Ordeshook, A Theory of the Balance of Power, Journal of Conflict Resolution 30 (1986)",
    strand="Balance of power",
    row=6,
    question="Which distributions of resources let every state survive?",
    picture=("r_2", "r_1"),
    sweep={"r_1": (101, 240, 140)},
    story=(
        "Three states of unequal resources. A coalition with more than half of all can eliminate the others and divide "
        "what they had. A state survives if it is essential to some winning coalition, which the others then need."
    ),
    claims=CLAIMS,
)
