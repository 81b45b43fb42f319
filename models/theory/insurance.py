"""Insurance against uncertain intentions, and the spiral: the argument is verbal (Jervis 1976), the game is ours."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    derived,
    exists_iff,
    folklore,
    holds,
    never_coexist,
    outcome_probability,
    sign_of,
    threshold,
)
from deterrence.games import Node

P = dt.Parameters()
theta = P.probability("theta", description="probability that the Other is a revisionist", sample="1/4")
D = P.positive("D", description="State: loss from an attack against which it is not insured", sample=20)
d = P.positive("d", description="State: loss from an attack against which it is insured", sample=2)
k = P.positive("k", description="State: cost of the ally", sample=1)
a = P.positive("a", description="State: loss from the arms of the Other", sample=3)
e = P.positive("e", description="Other: cost of arms", sample=1)
f = P.positive("f", description="insecure Other: fear, its loss if it meets an insured State unarmed", sample=2)
g = P.positive("g", description="revisionist Other: gain from attacking a State that is not insured", sample=3)
P.assume(d < D, a < D)


def reply(after: str, insured: bool) -> Node:
    """What the Other does; the revisionist alone likes to attack, and only the uninsured."""
    cost = k if insured else sp.Integer(0)
    fear = f if insured else sp.Integer(0)
    return dt.move(
        "Other",
        f"facing {after}",
        rest=dt.outcome(
            "Calm" if insured else "Trust",
            State=-cost,
            Other=dt.by_type(Revisionist=0, Insecure=-fear),
        ),
        arm=dt.outcome(
            "Spiral" if insured else "Arms",
            State=-cost - a,
            Other=dt.by_type(Revisionist=-e, Insecure=-e),
        ),
        attack=dt.outcome(
            "Contained attack" if insured else "Conquest",
            State=-cost - (d if insured else D),
            Other=dt.by_type(Revisionist=-g if insured else g, Insecure=-e - fear - g),
        ),
    )


game = dt.ExtensiveGame(
    "Insurance",
    parameters=P,
    players={"State": None, "Other": dt.types(Revisionist=theta, Insecure=1 - theta)},
    tree=dt.move("State", "insure", ally=reply("an ally", True), none=reply("none", False)),
)

INSURE = ("State", "insure")
INSECURE = ("Other", "Insecure", "facing an ally")
calm, spiral = k / D, (k + a) / (D + a)  # the fear of revisionism from which insurance is worth its cost

CLAIMS = (
    derived(
        "Insurance against a calm Other (f <= e) is bought if and only if theta >= k/D",
        exists_iff("Insurance", sp.And(theta >= calm, f <= e)),
    ),
    derived(
        "Insurance that sets off a spiral (f >= e) is bought if and only if theta >= (k + a)/(D + a)",
        exists_iff("Insurance and spiral", sp.And(theta >= spiral, f >= e)),
    ),
    derived(
        "No insurance if and only if theta is below the threshold of the two cases",
        exists_iff("No insurance", sp.Or(sp.And(theta <= calm, f <= e), sp.And(theta <= spiral, f >= e))),
    ),
    derived("One of the three always exists", always_exists("Insurance", "Insurance and spiral", "No insurance")),
    derived(
        "The spiral raises the price of insurance, from k/D to (k + a)/(D + a), where insurance is worth anything",
        holds(spiral > calm, on=k < D),
    ),
    derived("The difference is a (D - k)/(D (D + a))", threshold(spiral - calm, a * (D - k) / (D * (D + a)))),
    derived("Insurance and no insurance never coexist", never_coexist("Insurance", "No insurance")),
    derived(
        "Between k/D and (k + a)/(D + a) insurance that would be bought against a calm Other costs the State more than "
        "it saves, if it sets off a spiral (for insurance that makes all worse see mutual insurance)",
        holds(-k - (1 - theta) * a < -theta * D, on=sp.And(theta > calm, theta < spiral)),
    ),
    derived(
        "With a spiral, insurance means an arms race with probability 1 - theta",
        outcome_probability("Insurance and spiral", "Spiral", 1 - theta),
    ),
    derived("Without insurance conquest has probability theta", outcome_probability("No insurance", "Conquest", theta)),
    derived(
        "A spiral is the likelier, the more harmless the Other",
        sign_of("Spiral", theta, "decreasing", "Insurance and spiral"),
    ),
    folklore(
        "States insure wherever the risk is worth the price, theta >= k/D",
        exists_iff(["Insurance", "Insurance and spiral"], theta >= calm),
    ),
    folklore("Insurance cannot do harm", holds(-k - (1 - theta) * a >= -theta * D, on=theta >= calm)),
    folklore("Whoever faces a spiral does without insurance", exists_iff("No insurance", sp.Or(theta <= calm, f >= e))),
)

model = dt.Model(
    title="Insurance and the spiral",
    game=game,
    citation="Jervis, Perception and Misperception (1976), ch. 3; Kydd, World Politics 49 (1997): verbal; game ours",
    strand="Insecurity and insurance",
    row=4,
    question="When does a state insure against a revisionist, and when does insurance make all worse?",
    picture=("theta", "k"),
    sweep={"k": ("1/4", 10, 40), "theta": (0, 1, 41)},
    story=(
        "A state does not know whether another is a revisionist, which would attack it if it stands alone, or a status "
        "quo power that is merely insecure. It may insure itself with an ally. That keeps a revisionist quiet; "
        "but an insecure power that fears the alliance answers it with arms, which cost the state something too."
    ),
    names={
        "Insurance": {INSURE: "ally", INSECURE: "rest"},
        "Insurance and spiral": {INSURE: "ally", INSECURE: "arm"},
        "No insurance": {INSURE: "none"},
    },
    claims=CLAIMS,
)
