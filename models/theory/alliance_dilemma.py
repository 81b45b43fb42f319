"""The alliance dilemma with an adversary in the game; the literature is verbal and this formalisation is ours.

Sources: Snyder, The Security Dilemma in Alliance Politics, World Politics 36 (1984); Jervis (1978), the spiral.
"""

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
    when_types_known,
)

P = dt.Parameters()
g = P.probability("g", description="probability that the adversary is Expansionist", sample="1/2")
e = P.probability("e", description="probability that the ally is Reckless", sample="1/5")
L_A = P.positive("L_A", description="Patron: loss when the ally is lost to the adversary (abandonment)", sample=4)
L_E = P.positive("L_E", description="Patron: loss in a war that the ally provokes (entrapment)", sample=5)
L_W = P.positive("L_W", description="Patron: loss in a war that the adversary begins", sample=6)
w = P.positive("w", description="Adversary: cost of a war against ally and patron that it begins", sample=2)
z = P.positive("z", description="Adversary: cost of a war that the ally provokes", sample=3)
gain = P.positive("gain", description="Expansionist adversary: gain from an ally without support", sample=1)
f = P.positive("f", description="Insecure adversary: cost of pressing where it is not threatened", sample=1)
r = P.positive("r", description="Reckless ally: gain from provoking with the patron behind it", sample=1)
s = P.positive("s", description="Ally: loss when it provokes alone or, if it is not Reckless, at all", sample=1)
a = P.positive("a", description="Ally: loss when it realigns with the adversary", sample=1)

game = dt.ExtensiveGame(
    "Alliance dilemma",
    parameters=P,
    players={
        "Patron": None,
        "Adversary": dt.types(Expansionist=g, Insecure=1 - g),
        "Ally": dt.types(Reckless=e, Prudent=1 - e),
    },
    tree=dt.move(
        "Patron",
        "commit",
        strong=dt.move(
            "Adversary",
            "facing a strong commitment",
            press=dt.outcome("War", Patron=-L_W, Adversary=-w, Ally=0),
            accept=dt.move(
                "Ally",
                "with support",
                provoke=dt.outcome("Entrapment", Patron=-L_E, Adversary=-z, Ally=dt.by_type(Reckless=r, Prudent=-s)),
                restrain=dt.outcome("Firm Peace", Patron=0, Adversary=0, Ally=0),
            ),
        ),
        weak=dt.move(
            "Adversary",
            "facing a weak commitment",
            press=dt.outcome("Abandonment", Patron=-L_A, Adversary=dt.by_type(Expansionist=gain, Insecure=-f), Ally=-a),
            accept=dt.move(
                "Ally",
                "without support",
                provoke=dt.outcome("Ally's War", Patron=0, Adversary=-z, Ally=-s),
                restrain=dt.outcome("Loose Peace", Patron=0, Adversary=0, Ally=0),
            ),
        ),
    ),
)

COMMIT = ("Patron", "commit")
EXPANSIONIST = ("Adversary", "Expansionist", "facing a strong commitment")
INSECURE = ("Adversary", "Insecure", "facing a strong commitment")


def play(commitment: str, answer: str) -> dict[tuple[str, ...], str]:
    """A commitment, and what both types of the adversary do if it is strong."""
    return {COMMIT: commitment, EXPANSIONIST: answer, INSECURE: answer}


CLAIMS = (
    derived(
        "A strong commitment deters exactly where e z <= w, and is given where g L_A >= e L_E",
        exists_iff("Deterrence at the risk of entrapment", sp.And(e * z <= w, g * L_A >= e * L_E)),
    ),
    derived(
        "The patron stays loose for fear of entrapment exactly where e z <= w and g L_A <= e L_E",
        exists_iff("Loose for fear of entrapment", sp.And(e * z <= w, g * L_A <= e * L_E)),
    ),
    derived(
        "A strong commitment brings war, and is given, exactly where e z >= w and g L_A >= L_W",
        exists_iff("Spiral to war", sp.And(e * z >= w, g * L_A >= L_W)),
    ),
    derived(
        "The patron stays loose for fear of the spiral exactly where e z >= w and g L_A <= L_W",
        exists_iff("Loose for fear of the spiral", sp.And(e * z >= w, g * L_A <= L_W)),
    ),
    derived(
        "One of the four always exists",
        always_exists(
            "Deterrence at the risk of entrapment",
            "Loose for fear of entrapment",
            "Spiral to war",
            "Loose for fear of the spiral",
        ),
    ),
    derived(
        "Deterrence and the spiral exclude each other",
        never_coexist("Deterrence at the risk of entrapment", "Spiral to war"),
    ),
    derived(
        "Under a loose commitment the ally is lost with probability g",
        outcome_probability(["Loose for fear of entrapment", "Loose for fear of the spiral"], "Abandonment", g),
    ),
    derived(
        "Where the strong commitment deters the patron is entrapped with probability e",
        outcome_probability("Deterrence at the risk of entrapment", "Entrapment", e),
    ),
    derived("An ally without support provokes nobody", never_occurs("Ally's War")),
    derived(
        "Abandonment and entrapment trade off: a patron that is entrapped has not been abandoned",
        never_occurs("Abandonment", ["Deterrence at the risk of entrapment", "Spiral to war"]),
    ),
    derived(
        "With types known, an Insecure adversary and a Prudent ally may end in peace without a commitment",
        when_types_known("Loose Peace", only=False, Adversary="Insecure", Ally="Prudent"),
    ),
    derived(
        "With types known, a Prudent ally is kept by a strong commitment against an Expansionist",
        when_types_known("Firm Peace", Adversary="Expansionist", Ally="Prudent"),
    ),
    folklore("A strong commitment deters: no adversary begins a war against it", never_occurs("War")),
    folklore(
        "The dilemma is between abandonment and entrapment alone: the spiral is accepted exactly where g L_A >= e L_E",
        exists_iff("Spiral to war", g * L_A >= e * L_E),
    ),
    folklore(
        "Where the patron stays loose a more reckless ally is the likelier to be lost",
        sign_of("Abandonment", e, "increasing", "Loose for fear of entrapment"),
    ),
    folklore(
        "The more likely the adversary is Expansionist, the likelier is a war that the ally provokes",
        sign_of("Entrapment", g, "increasing", "Deterrence at the risk of entrapment"),
    ),
)

model = dt.Model(
    title="Alliance Dilemma with an Adversary",
    game=game,
    citation="After Snyder, The Security Dilemma in Alliance Politics, World Politics 36 (1984)",
    strand="Entrapment and abandonment",
    row=10,
    question="How firmly should an ally be supported if it may be abandoned, or entrap, with an adversary watching?",
    picture=("g", "e"),
    sweep={"L_E": ("1/2", 10, 20), "e": (0, 1, 41)},
    story=(
        "A patron commits itself to an ally strongly or weakly, in sight of an adversary that is Expansionist or "
        "Insecure. Pressed without support the ally is lost: abandonment. Pressed with support it fights beside the "
        "patron. If it is left in peace, a Reckless ally with support provokes a war: entrapment. The adversary "
        "knows this, and if that risk is worse than a war of its own making it strikes first: the spiral. "
        "Names are ours."
    ),
    names={
        "Deterrence at the risk of entrapment": play("strong", "accept"),
        "Loose for fear of entrapment": play("weak", "accept"),
        "Spiral to war": play("strong", "press"),
        "Loose for fear of the spiral": play("weak", "press"),
    },
    claims=CLAIMS,
)
