"""Offensive posture as deterrence and as provocation: the argument is verbal (Jervis 1978), the game is ours."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    holds,
    in_equilibrium,
    never_coexist,
    never_occurs,
    outcome_probability,
    plays,
    sign_of,
)
from deterrence.contests import ratio
from deterrence.games import Node

P = dt.Parameters()
theta = P.positive("theta", description="offence-defence balance: above 1 attack has the advantage", sample=1)
D_o, D_d = P.ordered(
    "0 < D_o < D_d",
    descriptions=["what is left for defence under the offensive posture", "defence under denial"],
    samples=[1, 2],
)
V = P.positive("V", description="Greedy: value of the prize", sample=9)
c = P.positive("c", description="Adversary: cost of fighting", sample=2)
k = P.positive("k", description="Adversary: harm done by the offensive posture in war", sample=5)
h_G, h_F = P.ordered(
    "0 < h_G < h_F",
    descriptions=[
        "Greedy: harm of being struck first, for which it is prepared",
        "Fearful: harm of being struck first",
    ],
    samples=[4, 8],
)
q = P.probability(
    "q", description="risk that the offensive posture strikes first, if the Adversary waits", sample="1/8"
)
L = P.positive("L", description="State: loss if an attack succeeds", sample=6)
w = P.positive("w", description="State: cost of war", sample=1)
g = P.probability("g", description="probability that the Adversary is Greedy", sample="1/2")

s_o, s_d = ratio(1, D_o, theta=theta), ratio(1, D_d, theta=theta)  # success of an attack on either posture


def facing(posture: str, success: sp.Expr, harm: sp.Expr, waits: Node) -> Node:
    """The Adversary waits or attacks; the Fearful gain nothing from success."""
    return dt.move(
        "Adversary",
        f"facing {posture}",
        wait=waits,
        attack=dt.outcome(
            f"Attack on {posture}",
            State=-success * L - w,
            Adversary=dt.by_type(Greedy=success * V - c - harm, Fearful=-c - harm),
        ),
    )


peace = dt.outcome("Peace", State=0, Adversary=0)
tense = dt.chance(
    "alarm",
    strike=(q, dt.outcome("First strike", State=-w, Adversary=dt.by_type(Greedy=-h_G, Fearful=-h_F))),
    calm=(1 - q, peace),
)
game = dt.ExtensiveGame(
    "Posture",
    parameters=P,
    players={"State": None, "Adversary": dt.types(Greedy=g, Fearful=1 - g)},
    tree=dt.move(
        "State",
        "posture",
        denial=facing("denial", s_d, sp.Integer(0), peace),
        offence=facing("offence", s_o, k, tense),
    ),
)

POSTURE = ("State", "posture")
GREEDY_D, GREEDY_O = ("Adversary", "Greedy", "facing denial"), ("Adversary", "Greedy", "facing offence")
FEARFUL_O = ("Adversary", "Fearful", "facing offence")
x = sp.Symbol("x", real=True)
denies = s_d * V <= c  # denial deters the Greedy
punishes = s_o * V - c - k <= -q * h_G  # the offensive posture deters the Greedy
cheaper = q * w <= g * (s_d * L + w)  # the risk of the offensive posture is less than what the Greedy cost
provokes = q * h_F >= c + k  # the offensive posture frightens the Fearful into striking first
bearable = g * q * w + (1 - g) * (s_o * L + w) <= g * (s_d * L + w)  # their war is less than what the Greedy cost
ALL = ("Denial deters", "Offence deters", "Provocation", "War")

CLAIMS = (
    derived("Denial deters if and only if s_d V <= c", exists_iff("Denial deters", denies)),
    derived(
        "Only the offensive posture deters, and is chosen, if and only if denial does not deter, offence deters the "
        "Greedy and does not frighten the Fearful, and its own risk of war is less than the risk of greed",
        exists_iff("Offence deters", sp.And(s_d * V >= c, punishes, q * h_F <= c + k, cheaper)),
    ),
    derived(
        "The offensive posture brings war by provocation if and only if denial does not deter, offence deters the "
        "Greedy and frightens the Fearful, q h_F >= c + k, and these are few enough for it to be the lesser evil",
        exists_iff("Provocation", sp.And(s_d * V >= c, punishes, provokes, bearable)),
    ),
    derived("One of the four always exists", always_exists(*ALL)),
    derived(
        "Where the offensive posture provokes, the Fearful, who want nothing, attack with probability 1 - g",
        outcome_probability("Provocation", "Attack on offence", 1 - g),
    ),
    derived(
        "War by provocation is the likelier, the fewer the Greedy whom the posture is to deter",
        sign_of("Attack on offence", g, "decreasing", "Provocation"),
    ),
    derived("Deterrence by offence and provocation exclude each other", never_coexist("Offence deters", "Provocation")),
    derived(
        "Where nobody is frightened into war, peace under the offensive posture still fails with probability q",
        outcome_probability("Offence deters", "First strike", q),
    ),
    derived(
        "Where denial deters, the offensive posture is never chosen", never_coexist("Denial deters", "Offence deters")
    ),
    derived("More greed means more war where nothing deters", sign_of("Attack on denial", g, "increasing", "War")),
    folklore(
        "The offensive posture is chosen wherever denial does not deter", exists_iff("Offence deters", s_d * V >= c)
    ),
    folklore("The offensive posture deters wherever its harm exceeds the prize", holds(punishes, on=k > V)),
    folklore("A defensive posture is never at war", never_occurs("Attack on denial")),
    folklore(
        "The offensive posture deters only where it frightens nobody: none is chosen with q h_F > c + k",
        never_occurs("Attack on offence", on=q * h_F > c + k),
    ),
    folklore(
        "Who strikes first wants the prize: nobody attacks the offensive posture but the Greedy",
        in_equilibrium("Provocation", sp.Eq(x, 0), {x: plays(FEARFUL_O, "attack")}),
    ),
    folklore("Deterrence by offence is peace", never_occurs("First strike", ["Offence deters"])),
)

model = dt.Model(
    title="Posture",
    game=game,
    citation="Jervis, World Politics 30 (1978); Schelling, The Strategy of Conflict (1960), ch. 9: verbal; game ours",
    strand="Posture",
    row=5,
    question="Where does only an offensive posture deter, and where does it bring war?",
    picture=("theta", "k"),
    sweep={"c": ("1/4", 6, 24), "g": (0, 1, 41)},
    story=(
        "Before a crisis a state chooses denial, or an offensive posture that would do an attacker much harm but "
        "leaves less for defence, and that may strike first of itself. An adversary that wants the prize, or is only "
        "afraid, sees the posture and attacks or waits. Fear of the first strike tempts it to pre-empt."
    ),
    names={
        "Denial deters": {POSTURE: "denial", GREEDY_D: "wait"},
        "Offence deters": {POSTURE: "offence", GREEDY_O: "wait", FEARFUL_O: "wait"},
        "Provocation": {POSTURE: "offence", GREEDY_O: "wait", FEARFUL_O: "attack"},
        "War": {POSTURE: "denial", GREEDY_D: "attack"},
    },
    claims=CLAIMS,
)
