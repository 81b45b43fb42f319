"""Protege and defender: whether an ally is supported when it may realign, against a determined challenger.

The reduced payoffs and the conditions are derived by us for the stated tree; the tree is recalled from the articles.
"""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    believes,
    derived,
    exists_iff,
    folklore,
    holds,
    in_equilibrium,
    never_coexist,
    never_occurs,
    outcome_probability,
    plays,
    published,
    sign_of,
    threshold,
    unique_iff,
    when_types_known,
)

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

DISLOYAL, LOYAL = ("Protege", "Disloyal", "answer"), ("Protege", "Loyal", "answer")
BOTH_CONCEDE = {DISLOYAL: "concede", LOYAL: "concede"}
b_s = (d_PL - d_Cm) / (d_PL - d_PR)  # the belief that leaves a Perfidious Defender indifferent
s_L = (p_PC - p_PL) / (p_C - p_PL)  # the support that leaves a Loyal Protege indifferent
s_D = (p_PC - p_PRp) / (p_C - p_PRp)  # the support that leaves a Disloyal Protege indifferent
h, s, b = sp.symbols(
    "h s b", real=True
)  # the Loyal holds, the Perfidious supports, belief that the Protege is Disloyal
PLAY = {h: plays(LOYAL, "hold"), s: plays(PERFIDIOUS, "support")}
BELIEF = {b: believes("Defender", "decide", "Protege", "Disloyal")}
CONCEDED = ("Both concede", "Both concede, Perfidious mixes")

CLAIMS = (
    # what everybody knows
    derived(
        "With types known, a Loyal Protege of a Perfidious Defender concedes",
        when_types_known("Protege Concedes", Protege="Loyal", Defender="Perfidious"),
    ),
    derived(
        "With types known, a Disloyal Protege is supported even by a Perfidious Defender",
        when_types_known("Conflict", Protege="Disloyal", Defender="Perfidious"),
    ),
    derived(
        "With types known, a Loyal Protege is supported by a Staunch Defender",
        when_types_known("Conflict", Protege="Loyal", Defender="Staunch"),
    ),
    derived(
        "With types known, a Disloyal Protege is supported by a Staunch Defender",
        when_types_known("Conflict", Protege="Disloyal", Defender="Staunch"),
    ),
    # thresholds
    derived("Support moves a Disloyal Protege first: 0 < s_D < s_L < 1", holds(sp.And(s_D > 0, s_D < s_L, s_L < 1))),
    derived("0 < b_s < 1", holds(sp.And(b_s > 0, b_s < 1))),
    derived(
        "Support with probability s_L leaves a Loyal Protege indifferent",
        threshold(s_L * p_C + (1 - s_L) * p_PL, p_PC),
    ),
    derived(
        "Support with probability s_D leaves a Disloyal Protege indifferent",
        threshold(s_D * p_C + (1 - s_D) * p_PRp, p_PC),
    ),
    derived(
        "The belief b_s leaves a Perfidious Defender indifferent",
        threshold(b_s * d_PR + (1 - b_s) * d_PL, d_Cm),
    ),
    # where each equilibrium exists
    derived("Pooled support exists if and only if dl >= b_s", exists_iff("Pooled support", dl >= b_s)),
    derived(
        "Pooled, ambiguous exists if and only if dl <= b_s and st >= s_L",
        exists_iff("Pooled, ambiguous", sp.And(dl <= b_s, st >= s_L)),
    ),
    derived(
        "Uncertain support exists if and only if dl <= b_s and st <= s_L",
        exists_iff("Uncertain support", sp.And(dl <= b_s, st <= s_L)),
    ),
    derived(
        "Both types of the Protege concede, and only the Staunch would support, if and only if st <= s_D",
        exists_iff("Both concede", st <= s_D),
    ),
    derived(
        "The Perfidious may also mix, off the path, if and only if st <= s_D",
        exists_iff("Both concede, Perfidious mixes", st <= s_D),
    ),
    # what is played and believed
    published(
        "There is a mixed equilibrium in which the ally leaves it uncertain whether it will intervene, "
        "and the partner is restrained: it holds firm less often than for certain",
        in_equilibrium("Uncertain support", sp.And(s > 0, s < 1, h > 0, h < 1), PLAY),
        "Zagare and Kilgour 2003 and 2006, in secondary accounts",
    ),
    derived(
        "In Uncertain support the Loyal holds with probability dl (1 - b_s) / ((1 - dl) b_s)",
        in_equilibrium("Uncertain support", sp.Eq(h, dl * (1 - b_s) / ((1 - dl) * b_s)), PLAY),
    ),
    derived(
        "In Uncertain support the Perfidious supports with probability (s_L - st) / (1 - st)",
        in_equilibrium("Uncertain support", sp.Eq(s, (s_L - st) / (1 - st)), PLAY),
    ),
    derived("In Uncertain support the belief is b_s", in_equilibrium("Uncertain support", sp.Eq(b, b_s), BELIEF)),
    derived(
        "Where both types hold the Defender learns nothing",
        in_equilibrium(["Pooled support", "Pooled, ambiguous"], sp.Eq(b, dl), BELIEF),
    ),
    derived(
        "Where both concede, support stays too unlikely: st + (1 - st) s <= s_D",
        in_equilibrium(CONCEDED, st + (1 - st) * s <= s_D, PLAY),
    ),
    derived(
        "Both concede needs the belief, off the path, that who holds is likely Loyal: b <= b_s",
        in_equilibrium(CONCEDED, b <= b_s, BELIEF),
    ),
    # all of them together
    derived("At least one equilibrium exists everywhere", always_exists()),
    derived(
        "Pooled support, Pooled, ambiguous and Uncertain support leave no gap",
        always_exists("Pooled support", "Pooled, ambiguous", "Uncertain support"),
    ),
    derived("Pooled support and Pooled, ambiguous never coexist", never_coexist("Pooled support", "Pooled, ambiguous")),
    derived("Pooled support and Uncertain support never coexist", never_coexist("Pooled support", "Uncertain support")),
    derived(
        "Pooled, ambiguous and Uncertain support never coexist", never_coexist("Pooled, ambiguous", "Uncertain support")
    ),
    derived("Pooled, ambiguous and Both concede never coexist", never_coexist("Pooled, ambiguous", "Both concede")),
    derived(
        "Pooled support is unique if and only if dl >= b_s and st >= s_D",
        unique_iff("Pooled support", sp.And(dl >= b_s, st >= s_D)),
    ),
    derived(
        "Pooled, ambiguous is unique wherever it exists", unique_iff("Pooled, ambiguous", sp.And(dl <= b_s, st >= s_L))
    ),
    derived(
        "Uncertain support is unique if and only if dl <= b_s and s_D <= st <= s_L",
        unique_iff("Uncertain support", sp.And(dl <= b_s, s_D <= st, st <= s_L)),
    ),
    # predictions
    derived("Pooled support leads to conflict for certain", outcome_probability("Pooled support", "Conflict", 1)),
    derived(
        "Pooled, ambiguous leads to conflict with probability st",
        outcome_probability("Pooled, ambiguous", "Conflict", st),
    ),
    derived(
        "Pooled, ambiguous leads to realignment with probability dl (1 - st)",
        outcome_probability("Pooled, ambiguous", "Protege Realigns", dl * (1 - st)),
    ),
    derived(
        "Uncertain support leads to conflict with probability dl s_L / b_s",
        outcome_probability("Uncertain support", "Conflict", dl * s_L / b_s),
    ),
    derived(
        "Uncertain support leads to realignment with probability dl (1 - s_L)",
        outcome_probability("Uncertain support", "Protege Realigns", dl * (1 - s_L)),
    ),
    derived(
        "In Uncertain support the Protege concedes with probability 1 - dl / b_s",
        outcome_probability("Uncertain support", "Protege Concedes", 1 - dl / b_s),
    ),
    derived("With Pooled support the Protege never realigns", never_occurs("Protege Realigns", "Pooled support")),
    derived("Where both concede there is no conflict", never_occurs("Conflict", CONCEDED)),
    # comparative statics: the threat of realignment buys support
    derived(
        "In Uncertain support conflict is more likely as the Protege is more likely Disloyal",
        sign_of("Conflict", dl, "increasing", "Uncertain support"),
    ),
    derived(
        "In Uncertain support conflict does not depend on how likely the Defender is Staunch",
        sign_of("Conflict", st, "constant", "Uncertain support"),
    ),
    derived(
        "In Uncertain support concession is less likely as the Protege is more likely Disloyal",
        sign_of("Protege Concedes", dl, "decreasing", "Uncertain support"),
    ),
    derived(
        "In Uncertain support conflict is more likely as conflict hurts the Perfidious less",
        sign_of("Conflict", d_Cm, "increasing", "Uncertain support"),
    ),
    derived(
        "In Pooled, ambiguous realignment is less likely as the Defender is more likely Staunch",
        sign_of("Protege Realigns", st, "decreasing", "Pooled, ambiguous"),
    ),
    # what is often said, and false
    folklore(
        "Support needs a Staunch Defender: Pooled support exists only where st >= s_L",
        exists_iff("Pooled support", st >= s_L),
    ),
    folklore(
        "A disloyal Protege gets less support: Pooled support exists if and only if dl <= b_s",
        exists_iff("Pooled support", dl <= b_s),
    ),
    folklore("The equilibrium is unique everywhere", never_coexist("Uncertain support", "Both concede")),
    folklore(
        "A more reliable Defender makes conflict more likely in Uncertain support",
        sign_of("Conflict", st, "increasing", "Uncertain support"),
    ),
    folklore("The Protege never realigns", never_occurs("Protege Realigns")),
)

model = dt.Model(
    title="Protege-Defender Subgame, Determined Challenger",
    game=game,
    citation=(
        "Zagare and Kilgour, Alignment Patterns, Crisis Bargaining, and Extended Deterrence, ISQ 47 (2003) 587-615; "
        "The Deterrence-Versus-Restraint Dilemma in Extended Deterrence, ISR 8 (2006) 623-641"
    ),
    strand="Extended deterrence",
    row=2,
    question="When does a defender support its protege, if the protege might otherwise change sides?",
    picture=("dl", "st"),
    sweep={"d_Cm": ("1/20", "19/10", 38), "dl": (0, 1, 41), "st": (0, 1, 41)},
    story=(
        "A determined challenger has made its demand of a protege. The protege concedes or holds firm; if it holds "
        "firm, its defender supports it, which is conflict, or withholds support, and the protege then loses and "
        "stays, or realigns. A Disloyal protege prefers to realign, a Loyal one to stay; a Staunch defender prefers "
        "conflict to a loss, a Perfidious one does not. The threat of realignment buys support. Names are ours."
    ),
    names={
        "Pooled support": {**BOTH_HOLD, STAUNCH: "support", PERFIDIOUS: "support"},
        "Pooled, ambiguous": {**BOTH_HOLD, STAUNCH: "support", PERFIDIOUS: "withhold"},
        "Uncertain support": {
            DISLOYAL: "hold",
            LOYAL: ("concede", "hold"),
            STAUNCH: "support",
            PERFIDIOUS: ("support", "withhold"),
        },
        "Both concede": {**BOTH_CONCEDE, STAUNCH: "support", PERFIDIOUS: "withhold"},
        "Both concede, Perfidious mixes": {
            **BOTH_CONCEDE,
            STAUNCH: "support",
            PERFIDIOUS: ("support", "withhold"),
        },
    },
    claims=CLAIMS,
)
