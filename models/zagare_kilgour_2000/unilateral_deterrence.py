"""Unilateral deterrence: one side wants change, and both may doubt the other's will to fight."""

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
    recalled,
    refinement_removes,
    sign_of,
    threshold,
    unique_iff,
    when_types_known,
)

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

DETERRED = ("Certain Deterrence", "Steadfast Deterrence")
c_S = (a_DC - a_SQ) / (a_DC - a_CD)  # the resistance that leaves a Soft Challenger indifferent
c_H = (a_DC - a_SQ) / (a_DC - a_DDp)  # the resistance that leaves a Hard Challenger indifferent
r_t = (b_CD - b_DC) / (b_CD - b_DDm)  # the belief that leaves a Soft Defender indifferent
x, y, r = sp.symbols("x y r", real=True)  # defection of the Soft Challenger, resistance of the Soft Defender, belief
PLAY = {x: plays(A_SOFT, "defect"), y: plays(B_SOFT, "resist")}
BELIEF = {r: believes("Defender", "respond", "Challenger", "Hard")}

CITED = "Zagare and Kilgour, Perfect Deterrence (2000), ch. 5; recalled, and derived again"
CLAIMS = (
    # what everybody knows
    recalled(
        "With types known, a Hard Challenger wins against a Soft Defender",
        when_types_known("Challenger Wins", Challenger="Hard", Defender="Soft"),
        CITED,
    ),
    recalled(
        "With types known, a Hard Defender deters a Hard Challenger",
        when_types_known("Status Quo", Challenger="Hard", Defender="Hard"),
        CITED,
    ),
    recalled(
        "With types known, a Soft Challenger is deterred by a Hard Defender",
        when_types_known("Status Quo", Challenger="Soft", Defender="Hard"),
        CITED,
    ),
    recalled(
        "With types known, a Soft Challenger is deterred even by a Soft Defender, who would resist",
        when_types_known("Status Quo", Challenger="Soft", Defender="Soft"),
        CITED,
    ),
    # thresholds
    derived("The thresholds are ordered: 0 < c_S < c_H < 1", holds(sp.And(c_S > 0, c_S < c_H, c_H < 1))),
    derived(
        "Resistance with probability c_S leaves a Soft Challenger indifferent",
        threshold((1 - c_S) * a_DC + c_S * a_CD, a_SQ),
    ),
    derived(
        "Resistance with probability c_H leaves a Hard Challenger indifferent",
        threshold((1 - c_H) * a_DC + c_H * a_DDp, a_SQ),
    ),
    derived("The belief r_t leaves a Soft Defender indifferent", threshold(r_t * b_DDm + (1 - r_t) * b_CD, b_DC)),
    # where each equilibrium exists (names recalled, conditions derived)
    derived("Certain Deterrence exists if and only if p_B >= c_H", exists_iff("Certain Deterrence", p_B >= c_H)),
    derived(
        "Separating exists if and only if c_S <= p_B <= c_H", exists_iff("Separating", sp.And(c_S <= p_B, p_B <= c_H))
    ),
    derived(
        "Attack exists if and only if p_B <= c_S and p_A >= r_t", exists_iff("Attack", sp.And(p_B <= c_S, p_A >= r_t))
    ),
    derived(
        "Bluff exists if and only if p_B <= c_S and p_A <= r_t", exists_iff("Bluff", sp.And(p_B <= c_S, p_A <= r_t))
    ),
    derived("Steadfast Deterrence exists everywhere", exists_iff("Steadfast Deterrence", True)),
    # what is played and believed
    derived(
        "In Bluff the Soft Challenger defects with probability p_A (1 - r_t) / ((1 - p_A) r_t)",
        in_equilibrium("Bluff", sp.Eq(x, p_A * (1 - r_t) / ((1 - p_A) * r_t)), PLAY),
    ),
    derived(
        "In Bluff the Soft Defender resists with probability (c_S - p_B) / (1 - p_B)",
        in_equilibrium("Bluff", sp.Eq(y, (c_S - p_B) / (1 - p_B)), PLAY),
    ),
    derived("In Bluff the Defender's belief is r_t", in_equilibrium("Bluff", sp.Eq(r, r_t), BELIEF)),
    derived("In Attack the Defender learns nothing", in_equilibrium("Attack", sp.Eq(r, p_A), BELIEF)),
    derived(
        "In Separating the Defender learns that the Challenger is Hard",
        in_equilibrium("Separating", sp.Eq(r, 1), BELIEF),
    ),
    derived(
        "Certain Deterrence needs the belief, off the path, that a defector is likely Hard: r >= r_t",
        in_equilibrium("Certain Deterrence", r >= r_t, BELIEF),
    ),
    derived(
        "Steadfast Deterrence needs the belief, off the path, that a defector is likely Soft: r <= r_t, "
        "and r = r_t where the Soft Defender mixes",
        in_equilibrium("Steadfast Deterrence", sp.Or(sp.Eq(r, r_t), sp.And(r <= r_t, sp.Eq(y, 1))), {**PLAY, **BELIEF}),
    ),
    derived(
        "Steadfast Deterrence needs resistance with probability at least c_H",
        in_equilibrium("Steadfast Deterrence", p_B + (1 - p_B) * y >= c_H, PLAY),
    ),
    # all of them together
    derived("At least one equilibrium exists everywhere", always_exists()),
    derived(
        "Certain Deterrence, Separating, Attack and Bluff leave no gap",
        always_exists("Certain Deterrence", "Separating", "Attack", "Bluff"),
    ),
    derived("Bluff and Attack never coexist", never_coexist("Bluff", "Attack")),
    derived("Bluff and Separating never coexist", never_coexist("Bluff", "Separating")),
    derived("Attack and Separating never coexist", never_coexist("Attack", "Separating")),
    derived("Separating and Certain Deterrence never coexist", never_coexist("Separating", "Certain Deterrence")),
    derived("Deterrence is the only outcome if and only if p_B >= c_H", unique_iff(DETERRED, p_B >= c_H)),
    derived(
        "Apart from Steadfast Deterrence, Separating is alone if and only if c_S <= p_B <= c_H",
        unique_iff(["Separating", "Steadfast Deterrence"], sp.And(c_S <= p_B, p_B <= c_H)),
    ),
    derived(
        "Apart from Steadfast Deterrence, Attack is alone if and only if p_B <= c_S and p_A >= r_t",
        unique_iff(["Attack", "Steadfast Deterrence"], sp.And(p_B <= c_S, p_A >= r_t)),
    ),
    derived(
        "Apart from Steadfast Deterrence, Bluff is alone if and only if p_B <= c_S and p_A <= r_t",
        unique_iff(["Bluff", "Steadfast Deterrence"], sp.And(p_B <= c_S, p_A <= r_t)),
    ),
    # predictions
    derived("Certain and Steadfast Deterrence keep the status quo", outcome_probability(DETERRED, "Status Quo", 1)),
    derived(
        "Separating leads to conflict with probability p_A p_B",
        outcome_probability("Separating", "Conflict", p_A * p_B),
    ),
    derived(
        "Separating keeps the status quo with probability 1 - p_A",
        outcome_probability("Separating", "Status Quo", 1 - p_A),
    ),
    derived("Attack leads to conflict with probability p_A p_B", outcome_probability("Attack", "Conflict", p_A * p_B)),
    derived(
        "Attack lets the Defender win with probability (1 - p_A) p_B",
        outcome_probability("Attack", "Defender Wins", (1 - p_A) * p_B),
    ),
    derived("Bluff leads to conflict with probability p_A c_S", outcome_probability("Bluff", "Conflict", p_A * c_S)),
    derived(
        "Bluff keeps the status quo with probability 1 - p_A / r_t",
        outcome_probability("Bluff", "Status Quo", 1 - p_A / r_t),
    ),
    derived(
        "Bluff lets the Challenger win with probability p_A (1 - c_S) / r_t",
        outcome_probability("Bluff", "Challenger Wins", p_A * (1 - c_S) / r_t),
    ),
    derived("In Separating nobody backs down", never_occurs("Defender Wins", "Separating")),
    derived("In Attack the status quo never survives", never_occurs("Status Quo", "Attack")),
    # comparative statics
    derived("In Bluff conflict is more likely as p_A rises", sign_of("Conflict", p_A, "increasing", "Bluff")),
    derived("In Bluff conflict does not depend on p_B", sign_of("Conflict", p_B, "constant", "Bluff")),
    derived(
        "In Bluff conflict is less likely as the Challenger likes the status quo better",
        sign_of("Conflict", a_SQ, "decreasing", "Bluff"),
    ),
    derived(
        "In Bluff conflict is more likely as backing down hurts the Challenger less",
        sign_of("Conflict", a_CD, "increasing", "Bluff"),
    ),
    derived("In Bluff the status quo is less likely as p_A rises", sign_of("Status Quo", p_A, "decreasing", "Bluff")),
    derived(
        "In Separating and Attack conflict is more likely as p_B rises",
        sign_of("Conflict", p_B, "increasing", ["Separating", "Attack"]),
    ),
    derived(
        "In Separating and Attack the Challenger wins less often as p_B rises",
        sign_of("Challenger Wins", p_B, "decreasing", ["Separating", "Attack"]),
    ),
    # refinements of beliefs
    derived(
        "If a surprise teaches nothing, Steadfast Deterrence is lost exactly where p_A > r_t",
        refinement_removes("Steadfast Deterrence", p_A > r_t, beliefs="passive"),
    ),
    derived(
        "D1 removes Steadfast Deterrence wherever p_B < c_H: Hard gains by defecting for more responses than Soft",
        refinement_removes("Steadfast Deterrence", p_B < c_H, criterion="D1"),
    ),
    derived(
        "The intuitive criterion removes Steadfast Deterrence only where c_S < p_B < c_H",
        refinement_removes("Steadfast Deterrence", sp.And(c_S < p_B, p_B < c_H), criterion="intuitive criterion"),
    ),
    folklore(
        "The intuitive criterion is enough to remove Steadfast Deterrence wherever p_B < c_H",
        refinement_removes("Steadfast Deterrence", p_B < c_H, criterion="intuitive criterion"),
    ),
    derived(
        "If a surprise teaches nothing, Certain Deterrence is lost exactly where p_A < r_t",
        refinement_removes("Certain Deterrence", p_A < r_t, beliefs="passive"),
    ),
    # what is often said, and false
    folklore("Steadfast Deterrence exists only where p_B >= c_H", exists_iff("Steadfast Deterrence", p_B >= c_H)),
    folklore(
        "Deterrence succeeds whenever the Defender is credible, p_B >= c_S",
        outcome_probability(["Separating", *DETERRED], "Status Quo", 1, on=p_B >= c_S),
    ),
    folklore(
        "A more credible Challenger makes war less likely in Bluff", sign_of("Conflict", p_A, "decreasing", "Bluff")
    ),
    folklore(
        "A more credible Defender makes war less likely in Separating",
        sign_of("Conflict", p_B, "decreasing", "Separating"),
    ),
    folklore(
        "A more credible Defender makes war less likely in Bluff", sign_of("Conflict", p_B, "decreasing", "Bluff")
    ),
    folklore("War never occurs", never_occurs("Conflict")),
    folklore("Separating and Steadfast Deterrence never coexist", never_coexist("Separating", "Steadfast Deterrence")),
)

model = dt.Model(
    title="Unilateral Deterrence Game",
    game=game,
    citation="Zagare and Kilgour, Asymmetric Deterrence, ISQ 37 (1993) 1-27; Perfect Deterrence (2000), ch. 5",
    strand="Deterrence",
    row=1,
    question="When is a credible threat enough to deter a challenger of unknown resolve?",
    picture=("p_A", "p_B"),
    sweep={"p_A": (0, 1, 41), "p_B": (0, 1, 41)},
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
    claims=CLAIMS,
)
