"""Denial and punishment: the literature is verbal, the formalisation is ours (Glenn Snyder 1961; Jervis 1979)."""

import sympy as sp
from deterrence.models.theory._crisis import facing

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    holds,
    never_coexist,
    never_occurs,
    outcome_probability,
    threshold,
)

P = dt.Parameters()
V = P.positive("V", description="Challenger: value of the prize", sample=10)
c = P.positive("c", description="Challenger: cost of fighting", sample=3)
k = P.positive("k", description="Challenger: harm done by punishment", sample=8)
r = P.probability("r", description="credibility: probability that the punishment is carried out", sample="1/2")
s_D, s_0 = P.ordered(
    "0 < s_D < s_0 < 1",
    descriptions=["success of an attack against denial", "success of an attack without denial"],
    samples=["1/5", "3/5"],
)
d = P.positive("d", description="Defender: cost of denial", sample=1)
u = P.positive("u", description="Defender: cost of the means of punishment", sample=2)
L = P.positive("L", description="Defender: what an attack costs it, won or lost", sample=9)
P.assume(s_0 * V > c, d + u < L)

need = s_0 * V - c  # what attack is worth where nothing is prepared
rest = s_D * V - c  # what attack is worth against denial

game = dt.ExtensiveGame(
    "Denial and punishment",
    parameters=P,
    players=["Defender", "Challenger"],
    tree=dt.move(
        "Defender",
        "prepare",
        nothing=facing("nothing", need, L, sp.Integer(0)),
        denial=facing("denial", rest, L, d),
        punishment=facing("punishment", need - r * k, L, u),
        both=facing("both", rest - r * k, L, d + u),
    ),
)

PREPARE = ("Defender", "prepare")


def waits(posture: str) -> dict[tuple[str, str], str]:
    """The Defender prepares this, and the Challenger waits."""
    return {PREPARE: posture, ("Challenger", f"facing {posture}"): "wait"}


CLAIMS = (
    derived(
        "Denial alone is the deterrent exactly where it suffices, and punishment does not suffice or costs more",
        exists_iff("Denial", sp.And(rest <= 0, sp.Or(need >= r * k, d <= u))),
    ),
    derived(
        "Punishment alone is the deterrent exactly where it suffices, and denial does not suffice or costs more",
        exists_iff("Punishment", sp.And(need <= r * k, sp.Or(rest >= 0, u <= d))),
    ),
    derived(
        "Both are prepared exactly where neither suffices alone and the two suffice together",
        exists_iff("Both", sp.And(rest >= 0, need >= r * k, rest <= r * k)),
    ),
    derived(
        "Nothing is prepared exactly where even both together do not deter",
        exists_iff("Undeterrable", rest >= r * k),
    ),
    derived("One of the four always exists", always_exists("Denial", "Punishment", "Both", "Undeterrable")),
    derived("Both are never prepared where denial alone would do", never_coexist("Denial", "Both")),
    derived("War is certain where nothing deters", outcome_probability("Undeterrable", "War", 1)),
    derived(
        "War breaks out only where both together do not deter",
        never_occurs("War", ["Denial", "Punishment", "Both"]),
    ),
    derived(
        "Rate of substitution: lowering the success of attack by s_0 - s_D saves (s_0 - s_D) V / r of punishment",
        threshold((s_0 * V - c) / r - (s_D * V - c) / r, (s_0 - s_D) * V / r),
    ),
    folklore("Punishment deters wherever denial does", holds(need <= r * k, on=rest <= 0)),
    folklore("Harm greater than the prize deters", never_occurs("War", on=k > V)),
    folklore(
        "The cheaper instrument is always the deterrent: punishment wherever u <= d",
        holds(need <= r * k, on=sp.And(u <= d, rest < r * k)),
    ),
)

model = dt.Model(
    title="Denial and punishment",
    game=game,
    citation="G. Snyder, Deterrence and Defense (1961); Jervis, World Politics 31 (1979): verbal; formalisation ours",
    strand="Deterrence",
    row=1,
    question="When do denial and punishment each deter alone, and at which rate does one replace the other?",
    picture=("r", "k"),
    sweep={"c": ("1/4", 8, 32), "r": (0, 1, 41)},
    story=(
        "A defender prepares denial, which lowers the chance that an attack succeeds, the means of punishment, which "
        "are used with some credibility whether or not the attack succeeds, both, or nothing. The challenger sees "
        "what is prepared, and attacks if s*V - c - r*k is positive. War is bad enough for the defender that any "
        "deterrent is worth its price; the question is which one works, and which is cheapest."
    ),
    names={
        "Denial": waits("denial"),
        "Punishment": waits("punishment"),
        "Both": waits("both"),
        "Undeterrable": {PREPARE: "nothing", ("Challenger", "facing both"): "attack"},
    },
    claims=CLAIMS,
)
