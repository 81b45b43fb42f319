"""Illusory deterrence: the argument is verbal (Lebow and Stein 1987, 1990), the formalisation is ours."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    holds,
    outcome_probability,
    share_of_peace,
    sign_of,
)

P = dt.Parameters()
t_B, t_C, t_0 = P.distribution(
    "t_B t_C t_0",
    descriptions=[
        "share of Bold Challengers, who want the prize most",
        "share of Cautious Challengers, who want it less",
        "share of Content Challengers, who do not want it",
    ],
    samples=["1/10", "1/5", "7/10"],
)
g_C, g_B = P.ordered(
    "0 < g_C < g_B", descriptions=["Cautious: gain from the prize", "Bold: gain from the prize"], samples=[1, 3]
)
n = P.positive("n", description="Content: loss from holding the prize", sample=1)
w = P.positive("w", description="Challenger: loss from war", sample=3)
f_m, f_p = P.ordered(
    "f_m < 0 < f_p",
    descriptions=["Irresolute Defender: worth of resisting", "Resolute Defender: worth of resisting"],
    samples=[-1, 1],
)
p = P.probability("p", description="probability that the Defender is Resolute", sample="2/5")

game = dt.ExtensiveGame(
    "Illusory deterrence",
    parameters=P,
    players={
        "Challenger": dt.types(Bold=t_B, Cautious=t_C, Content=t_0),
        "Defender": dt.types(Resolute=p, Irresolute=1 - p),
    },
    tree=dt.move(
        "Challenger",
        "begin",
        wait=dt.outcome("Peace", Challenger=0, Defender=1),
        attack=dt.move(
            "Defender",
            "answer",
            yields=dt.outcome("Conquest", Challenger=dt.by_type(Bold=g_B, Cautious=g_C, Content=-n), Defender=0),
            resist=dt.outcome("War", Challenger=-w, Defender=dt.by_type(Resolute=f_p, Irresolute=f_m)),
        ),
    ),
)

BOLD, CAUTIOUS, CONTENT = (("Challenger", kind, "begin") for kind in ("Bold", "Cautious", "Content"))
THREAT = ("Defender", "answer", "resist")
c_B, c_C = g_B / (g_B + w), g_C / (g_C + w)  # the resolve that deters each type
theta, d = t_B + t_C, t_C / (t_B + t_C)  # who wants to attack; how many of them are deterred in Partial

CLAIMS = (
    derived("Nobody attacks if and only if p >= g_B/(g_B + w)", exists_iff("Full", p >= c_B)),
    derived(
        "The Bold alone attack if and only if g_C/(g_C + w) <= p <= g_B/(g_B + w)",
        exists_iff("Partial", sp.And(c_C <= p, p <= c_B)),
    ),
    derived("All who want the prize attack if and only if p <= g_C/(g_C + w)", exists_iff("None deterred", p <= c_C)),
    derived("One of the three always exists", always_exists("Full", "Partial", "None deterred")),
    derived(
        "Where nobody attacks, the share of the peace that is deterrence is theta, who want to attack",
        share_of_peace("Full", "Peace", theta, threat=THREAT),
    ),
    derived(
        "Where some are deterred, the share is theta d/(theta d + 1 - theta)",
        share_of_peace("Partial", "Peace", theta * d / (theta * d + 1 - theta), threat=THREAT),
    ),
    derived(
        "Where nobody is deterred the peace that remains is all illusory",
        share_of_peace("None deterred", "Peace", 0, threat=THREAT),
    ),
    derived(
        "It is then as frequent as the Content: an analyst who counts peace as success sees success 1 - theta",
        outcome_probability("None deterred", "Peace", 1 - theta),
    ),
    derived(
        "Peace counted as success overstates deterrence: 1 - theta (1 - d) > d",
        holds(1 - theta * (1 - d) > d),
    ),
    derived(
        "Not identified: in Partial the frequency of peace does not depend on how many are deterred",
        sign_of("Peace", t_C, "constant", "Partial"),
    ),
    derived(
        "Not identified: while peace is as frequent, the share that is deterrence rises with t_C",
        holds(sp.diff(t_C / (1 - t_B), t_C) > 0),
    ),
    derived("Peace that is seen puts no bound but 1 on the share", holds(theta * d / (theta * d + 1 - theta) < 1)),
    folklore("Peace is deterrence", share_of_peace("Full", "Peace", 1, threat=THREAT)),
    folklore(
        "The share of the peace that is deterrence is the rate of success",
        share_of_peace("Partial", "Peace", 1 - theta * (1 - d), threat=THREAT),
    ),
    folklore(
        "Frequent peace shows deterrence: peace more often than not means it was mostly deterrence",
        holds(t_C / (1 - t_B) > sp.Rational(1, 2), on=t_B < sp.Rational(1, 2)),
    ),
)

model = dt.Model(
    title="Illusory deterrence",
    game=game,
    citation="Lebow and Stein, JSI 43 (1987); World Politics 42 (1990): verbal; formalisation ours",
    strand="Illusory deterrence",
    row=3,
    question="How much of the peace is deterrence, and how much is merely that nobody wanted to attack?",
    picture=("t_B", "p"),
    sweep={"w": ("1/4", 8, 32), "p": (0, 1, 41)},
    story=(
        "Some challengers want the prize much, some a little, and some not at all. A defender that would rather resist "
        "or rather yield answers an attack. Where there is no attack, an analyst cannot tell a challenger that was "
        "deterred from one that never meant to attack; the model can, by taking the threat away."
    ),
    names={
        "Full": {BOLD: "wait", CAUTIOUS: "wait", CONTENT: "wait"},
        "Partial": {BOLD: "attack", CAUTIOUS: "wait", CONTENT: "wait"},
        "None deterred": {BOLD: "attack", CAUTIOUS: "attack", CONTENT: "wait"},
    },
    claims=CLAIMS,
)
