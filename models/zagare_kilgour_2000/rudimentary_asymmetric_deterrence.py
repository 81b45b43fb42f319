"""Rudimentary asymmetric deterrence: one threat, one challenger, and doubt about the defender alone."""

import deterrence as dt

P = dt.Parameters()
a_DD, a_SQ, a_DC = P.ordered(
    "a_DD < a_SQ < a_DC",
    descriptions=["Challenger: conflict", "Challenger: status quo", "Challenger: the Defender concedes"],
    samples=[0, 2, 3],
)
b_DDm, b_DC, b_DDp, b_SQ = P.ordered(
    "b_DDm < b_DC < b_DDp < b_SQ",
    descriptions=["Soft Defender: conflict", "Defender: concession", "Hard Defender: conflict", "Defender: status quo"],
    samples=[0, 1, 2, 3],
)
p_B = P.probability("p_B", description="credibility: probability that the Defender is Hard", sample="1/4")

game = dt.ExtensiveGame(
    "Rudimentary asymmetric deterrence",
    parameters=P,
    players={"Challenger": None, "Defender": dt.types(Hard=p_B, Soft=1 - p_B)},
    tree=dt.move(
        "Challenger",
        "initiate",
        cooperate=dt.outcome("Status Quo", Challenger=a_SQ, Defender=b_SQ),
        defect=dt.move(
            "Defender",
            "respond",
            concede=dt.outcome("Challenger Wins", Challenger=a_DC, Defender=b_DC),
            resist=dt.outcome("Conflict", Challenger=a_DD, Defender=dt.by_type(Hard=b_DDp, Soft=b_DDm)),
        ),
    ),
)

model = dt.Model(
    title="Rudimentary Asymmetric Deterrence Game",
    game=game,
    citation="Zagare and Kilgour, Perfect Deterrence (Cambridge University Press, 2000), sec. 3.4, apps. 1.1 and 3",
    strand="Deterrence",
    story=(
        "A challenger may accept the status quo or demand its revision. If it demands, the defender concedes or "
        "resists, and resistance is conflict. A Hard defender prefers conflict to concession, a Soft one does not; "
        "only the defender knows which it is. The threat deters when the defender is credible enough."
    ),
)
