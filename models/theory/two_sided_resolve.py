"""Costs and resolve, both private: the literature is verbal, the formalisation is ours (Jervis 1979; Snyder 1961)."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    never_coexist,
    never_occurs,
    outcome_probability,
    sign_of,
    unique_iff,
    when_types_known,
)

P = dt.Parameters()
V_L, V_H = P.ordered(
    "0 < V_L < V_H",
    descriptions=["Modest Challenger: value of the prize", "Ambitious Challenger: value of the prize"],
    samples=[8, 14],
)
s = P.probability("s", description="success of an attack; lower with more denial", sample="1/2")
c = P.positive("c", description="Challenger: cost of fighting", sample=2)
k = P.positive("k", description="Challenger: harm done by punishment", sample=8)
f_m, f_p = P.ordered(
    "f_m < 0 < f_p",
    descriptions=["Irresolute Defender: worth of punishing", "Resolute Defender: worth of punishing"],
    samples=[-1, 1],
)
L = P.positive("L", description="Defender: loss if the attack succeeds", sample=6)
p = P.probability("p", description="resolve: probability that the Defender is Resolute", sample="1/2")
q = P.probability("q", description="motive: probability that the Challenger is Ambitious", sample="1/3")
P.assume(s * V_L > c)

game = dt.ExtensiveGame(
    "Costs and resolve",
    parameters=P,
    players={
        "Challenger": dt.types(Ambitious=q, Modest=1 - q),
        "Defender": dt.types(Resolute=p, Irresolute=1 - p),
    },
    tree=dt.move(
        "Challenger",
        "begin",
        wait=dt.outcome("Peace", Challenger=0, Defender=0),
        attack=dt.move(
            "Defender",
            "answer",
            submit=dt.outcome(
                "Fait Accompli",
                Challenger=dt.by_type(Ambitious=s * V_H - c, Modest=s * V_L - c),
                Defender=-s * L,
            ),
            punish=dt.outcome(
                "Punishment",
                Challenger=dt.by_type(Ambitious=s * V_H - c - k, Modest=s * V_L - c - k),
                Defender=dt.by_type(Resolute=f_p - s * L, Irresolute=f_m - s * L),
            ),
        ),
    ),
)

HIGH, LOW = ("Challenger", "Ambitious", "begin"), ("Challenger", "Modest", "begin")
c_H, c_L = (s * V_H - c) / k, (s * V_L - c) / k  # the resolve that deters each type of Challenger

CLAIMS = (
    derived("Everyone is deterred if and only if p >= (s V_H - c)/k", exists_iff("Deterrence", p >= c_H)),
    derived(
        "The Modest alone are deterred if and only if (s V_L - c)/k <= p <= (s V_H - c)/k",
        exists_iff("Selection", sp.And(c_L <= p, p <= c_H)),
    ),
    derived("Nobody is deterred if and only if p <= (s V_L - c)/k", exists_iff("Attack", p <= c_L)),
    derived("One of the three always exists", always_exists("Deterrence", "Selection", "Attack")),
    derived("Where everyone is deterred there is no other equilibrium", unique_iff("Deterrence", p >= c_H)),
    derived("Nor is there beside Selection", unique_iff("Selection", sp.And(c_L <= p, p <= c_H))),
    derived("Nor beside Attack", unique_iff("Attack", p <= c_L)),
    derived("Deterrence and Attack never coexist", never_coexist("Deterrence", "Attack")),
    derived("Selection keeps the peace with probability 1 - q", outcome_probability("Selection", "Peace", 1 - q)),
    derived(
        "Selection leads to punishment with probability p q", outcome_probability("Selection", "Punishment", p * q)
    ),
    derived(
        "More resolve makes punishment more frequent where it does not deter",
        sign_of("Punishment", p, "increasing", ["Selection", "Attack"]),
    ),
    derived(
        "With types known, an Irresolute Defender deters nobody: a Modest Challenger wins",
        when_types_known("Fait Accompli", Challenger="Modest", Defender="Irresolute"),
    ),
    folklore("Harm that exceeds the prize, k > V_H, keeps the peace", never_occurs("Punishment", on=k > V_H)),
    folklore(
        "A more resolute Defender is punished less: punishment falls with p",
        sign_of("Punishment", p, "decreasing", "Selection"),
    ),
    folklore(
        "With types known, a Resolute Defender always deters the Ambitious",
        when_types_known("Peace", Challenger="Ambitious", Defender="Resolute"),
    ),
)

model = dt.Model(
    title="Costs and resolve, both private",
    game=game,
    citation="Jervis, World Politics 31 (1979); G. Snyder, Deterrence and Defense (1961): verbal; formalisation ours",
    strand="Deterrence",
    row=1,
    question="When do costs deter if neither side knows the other's stakes or resolve?",
    picture=("p", "q"),
    sweep={"k": ("1/2", 16, 32), "p": (0, 1, 41)},
    story=(
        "A challenger that wants the prize more or less may attack. A defender that punishes an attack gladly or only "
        "at a loss answers. Neither knows the other's type. Attack pays s*V - c, less k if it is punished: denial "
        "lowers s, punishment is k, and resolve is the probability that it comes."
    ),
    names={
        "Deterrence": {HIGH: "wait", LOW: "wait"},
        "Selection": {HIGH: "attack", LOW: "wait"},
        "Attack": {HIGH: "attack", LOW: "attack"},
    },
    claims=CLAIMS,
)
