"""Unilateral deterrence: one side wants change, and both may doubt the other's will to fight."""

import deterrence as dt

P = dt.Parameters()
a_DDm, a_CD, a_DDp, a_SQ, a_DC = P.ordered(
    "a_DDm < a_CD < a_DDp < a_SQ < a_DC",
    descriptions=[
        "Soft Challenger: conflict",
        "Challenger: backing down",
        "Hard Challenger: conflict",
        "Challenger: status quo",
        "Challenger: the Defender concedes",
    ],
    samples=[0, 1, 2, 4, 6],
)
b_DDm, b_DC, b_DDp, b_CD = P.ordered(
    "b_DDm < b_DC < b_DDp < b_CD",
    descriptions=[
        "Soft Defender: conflict",
        "Defender: concession",
        "Hard Defender: conflict",
        "Defender: the Challenger backs down",
    ],
    samples=[0, 1, 2, 4],
)
b_SQ = P.real("b_SQ", description="Defender: status quo (its rank plays no part in any equilibrium)", sample=3)
p_A = P.probability("p_A", description="credibility of the Challenger: probability that it is Hard", sample="1/2")
p_B = P.probability("p_B", description="credibility of the Defender: probability that it is Hard", sample="1/4")

game = dt.ExtensiveGame(
    "Unilateral deterrence",
    parameters=P,
    players={"Challenger": dt.types(Hard=p_A, Soft=1 - p_A), "Defender": dt.types(Hard=p_B, Soft=1 - p_B)},
    tree=dt.move(
        "Challenger",
        "initiate",
        cooperate=dt.outcome("Status Quo", Challenger=a_SQ, Defender=b_SQ),
        defect=dt.move(
            "Defender",
            "respond",
            concede=dt.outcome("Challenger Wins", Challenger=a_DC, Defender=b_DC),
            resist=dt.move(
                "Challenger",
                "press",
                back_down=dt.outcome("Defender Wins", Challenger=a_CD, Defender=b_CD),
                fight=dt.outcome(
                    "Conflict",
                    Challenger=dt.by_type(Hard=a_DDp, Soft=a_DDm),
                    Defender=dt.by_type(Hard=b_DDp, Soft=b_DDm),
                ),
            ),
        ),
    ),
)

A_HARD, A_SOFT = ("Challenger", "Hard", "initiate"), ("Challenger", "Soft", "initiate")
B_HARD, B_SOFT = ("Defender", "Hard", "respond"), ("Defender", "Soft", "respond")

model = dt.Model(
    title="Unilateral Deterrence Game",
    game=game,
    citation="Zagare and Kilgour, Asymmetric Deterrence, ISQ 37 (1993) 1-27; Perfect Deterrence (2000), ch. 5",
    strand="Deterrence",
    story=(
        "A challenger may accept the status quo or demand its revision. The defender concedes or resists; if it "
        "resists, the challenger backs down or fights. Each side is Hard, preferring conflict to giving way at its "
        "last move, or Soft, and knows only its own type. The types are independent."
    ),
    names={
        "Certain Deterrence": {A_HARD: "cooperate", A_SOFT: "cooperate", B_HARD: "resist", B_SOFT: "concede"},
        "Separating": {A_HARD: "defect", A_SOFT: "cooperate", B_HARD: "resist", B_SOFT: "concede"},
        "Attack": {A_HARD: "defect", A_SOFT: "defect", B_HARD: "resist", B_SOFT: "concede"},
        "Bluff": {
            A_HARD: "defect",
            A_SOFT: ("cooperate", "defect"),
            B_HARD: "resist",
            B_SOFT: ("concede", "resist"),
        },
        "Steadfast Deterrence": {A_HARD: "cooperate", A_SOFT: "cooperate", B_HARD: "resist"},
    },
)
