"""Generalized mutual deterrence: two challengers move at once, each unsure that the other would retaliate."""

import deterrence as dt

P = dt.Parameters()
a_DDm, a_CD, a_DDp, a_SQ, a_DC = P.ordered(
    "a_DDm < a_CD < a_DDp < a_SQ < a_DC",
    descriptions=["Soft A: conflict", "A: B wins", "Hard A: conflict", "A: status quo", "A: A wins"],
    samples=[0, 1, 2, 4, 6],
)
b_DDm, b_DC, b_DDp, b_SQ, b_CD = P.ordered(
    "b_DDm < b_DC < b_DDp < b_SQ < b_CD",
    descriptions=["Soft B: conflict", "B: A wins", "Hard B: conflict", "B: status quo", "B: B wins"],
    samples=[0, 1, 2, 4, 6],
)
p_A = P.probability("p_A", description="credibility of A: probability that it is Hard", sample="1/4")
p_B = P.probability("p_B", description="credibility of B: probability that it is Hard", sample="1/4")

conflict = dt.outcome("Conflict", A=dt.by_type(Hard=a_DDp, Soft=a_DDm), B=dt.by_type(Hard=b_DDp, Soft=b_DDm))
game = dt.ExtensiveGame(
    "Generalized mutual deterrence",
    parameters=P,
    players={"A": dt.types(Hard=p_A, Soft=1 - p_A), "B": dt.types(Hard=p_B, Soft=1 - p_B)},
    tree=dt.move(
        "A",
        "first",
        cooperate=dt.move(
            "B",
            "first",
            cooperate=dt.outcome("Status Quo", A=a_SQ, B=b_SQ),
            defect=dt.move("A", "retaliate", concede=dt.outcome("B Wins", A=a_CD, B=b_CD), resist=conflict),
        ),
        defect=dt.move(
            "B",
            "first",
            cooperate=dt.move("B", "retaliate", concede=dt.outcome("A Wins", A=a_DC, B=b_DC), resist=conflict),
            defect=conflict,
        ),
    ),
)

A_HARD, A_SOFT = ("A", "Hard", "first"), ("A", "Soft", "first")
B_HARD, B_SOFT = ("B", "Hard", "first"), ("B", "Soft", "first")

model = dt.Model(
    title="Generalized Mutual Deterrence Game",
    game=game,
    citation=(
        "Kilgour and Zagare, Credibility, Uncertainty, and Deterrence, AJPS 35 (1991) 305-334; "
        "Perfect Deterrence (2000), ch. 4"
    ),
    strand="Deterrence",
    story=(
        "Two states choose at the same time whether to accept the status quo or to upset it. If both upset it, there "
        "is conflict. If one does, the other retaliates, which is conflict, or concedes. A Hard state prefers "
        "retaliation to concession, a Soft one does not, and each knows only its own type."
    ),
    names={
        "Sure-Thing Deterrence": dict.fromkeys([A_HARD, A_SOFT, B_HARD, B_SOFT], "cooperate"),
        "Separating": {A_HARD: "defect", A_SOFT: "cooperate", B_HARD: "defect", B_SOFT: "cooperate"},
        "Bluff": {
            A_HARD: "defect",
            A_SOFT: ("cooperate", "defect"),
            B_HARD: "defect",
            B_SOFT: ("cooperate", "defect"),
        },
    },
)
