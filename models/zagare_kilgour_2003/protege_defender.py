"""Protege and defender: whether an ally is supported when it may realign, against a determined challenger.

The reduced payoffs and the conditions are derived by us for the stated tree; the tree is recalled from the articles.
"""

import deterrence as dt

P = dt.Parameters()
p_PRm, p_PL, p_PRp, p_PC, p_C = P.ordered(
    "p_PRm < p_PL < p_PRp < p_PC < p_C",
    descriptions=[
        "Loyal Protege: realignment",
        "Protege: loses without support and stays",
        "Disloyal Protege: realignment",
        "Protege: concession",
        "Protege: conflict with the Defender's support",
    ],
    samples=[0, 1, 2, 3, 5],
)
d_PR, d_Cm, d_PL, d_Cp = P.ordered(
    "d_PR < d_Cm < d_PL < d_Cp",
    descriptions=[
        "Defender: the Protege realigns",
        "Perfidious Defender: conflict",
        "Defender: the Protege loses and stays",
        "Staunch Defender: conflict",
    ],
    samples=[0, 1, 2, 3],
)
d_PC = P.real("d_PC", description="Defender: the Protege concedes (plays no part in any equilibrium)", sample=4)
dl = P.probability("dl", description="probability that the Protege is Disloyal", sample="1/4")
st = P.probability("st", description="probability that the Defender is Staunch", sample="3/4")

game = dt.ExtensiveGame(
    "Protege and defender",
    parameters=P,
    players={
        "Protege": dt.types(Disloyal=dl, Loyal=1 - dl),
        "Defender": dt.types(Staunch=st, Perfidious=1 - st),
    },
    tree=dt.move(
        "Protege",
        "answer",
        concede=dt.outcome("Protege Concedes", Protege=p_PC, Defender=d_PC),
        hold=dt.move(
            "Defender",
            "decide",
            support=dt.outcome("Conflict", Protege=p_C, Defender=dt.by_type(Staunch=d_Cp, Perfidious=d_Cm)),
            withhold=dt.move(
                "Protege",
                "realign",
                stay=dt.outcome("Protege Loses", Protege=p_PL, Defender=d_PL),
                realign=dt.outcome("Protege Realigns", Protege=dt.by_type(Disloyal=p_PRp, Loyal=p_PRm), Defender=d_PR),
            ),
        ),
    ),
)

BOTH_HOLD = {("Protege", "Disloyal", "answer"): "hold", ("Protege", "Loyal", "answer"): "hold"}
STAUNCH, PERFIDIOUS = ("Defender", "Staunch", "decide"), ("Defender", "Perfidious", "decide")

model = dt.Model(
    title="Protege-Defender Subgame, Determined Challenger",
    game=game,
    citation=(
        "Zagare and Kilgour, Alignment Patterns, Crisis Bargaining, and Extended Deterrence, ISQ 47 (2003) 587-615; "
        "The Deterrence-Versus-Restraint Dilemma in Extended Deterrence, ISR 8 (2006) 623-641"
    ),
    strand="Extended deterrence",
    story=(
        "A determined challenger has made its demand of a protege. The protege concedes or holds firm; if it holds "
        "firm, its defender supports it, which is conflict, or withholds support, and the protege then loses and "
        "stays, or realigns. A Disloyal protege prefers to realign, a Loyal one to stay; a Staunch defender prefers "
        "conflict to a loss, a Perfidious one does not. The threat of realignment buys support. Names are ours."
    ),
    names={
        "Pooled support": {**BOTH_HOLD, STAUNCH: "support", PERFIDIOUS: "support"},
        "Pooled, ambiguous": {**BOTH_HOLD, STAUNCH: "support", PERFIDIOUS: "withhold"},
    },
)
