"""Alliances as tools to manage the ally, without a common enemy; the source is verbal and the game is ours.

Source: Schroeder, Alliances, 1815-1945: Weapons of Power and Tools of Management (1976; reprinted 2004).
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
)

P = dt.Parameters()
p = P.probability("p", description="probability that the rival is Adventurous", sample="1/2")
w = P.probability("w", description="probability that an adventure is seen in time under a treaty", sample="3/4")
L = P.positive("L", description="Manager: loss by the rival's adventure", sample=4)
k = P.positive("k", description="Manager: cost of the treaty", sample=1)
T = P.real("T", description="what each gains by a treaty against a third state; 0 without one", sample="1/10")
g = P.positive("g", description="Adventurous rival: gain from its adventure", sample=2)
s = P.positive("s", description="Rival: loss when it is restrained", sample=3)
u = P.positive("u", description="Rival: worth of being consulted under a treaty", sample=3)
z = P.positive("z", description="Manager: cost of restraining an ally that is seen", sample=1)
h = P.positive("h", description="Content rival: what an adventure would cost it", sample=1)
P.assume(T >= 0, z < L, u >= g)  # with u >= g no rival refuses a treaty for the sake of its adventure

game = dt.ExtensiveGame(
    "Restraining treaty",
    parameters=P,
    players={"Manager": None, "Rival": dt.types(Adventurous=p, Content=1 - p)},
    tree=dt.move(
        "Manager",
        "offer",
        treaty=dt.move(
            "Rival",
            "bound",
            venture=dt.chance(
                "watch",
                seen=(
                    w,
                    dt.move(
                        "Manager",
                        "seen",
                        restrain=dt.outcome("Restrained", Manager=T - k - z, Rival=T + u - s),
                        condone=dt.outcome(
                            "Condoned",
                            Manager=T - k - L,
                            Rival=dt.by_type(Adventurous=T + u + g, Content=T + u - h),
                        ),
                    ),
                ),
                unseen=(
                    1 - w,
                    dt.outcome(
                        "Unseen Adventure",
                        Manager=T - k - L,
                        Rival=dt.by_type(Adventurous=T + u + g, Content=T + u - h),
                    ),
                ),
            ),
            refrain=dt.outcome("Managed Peace", Manager=T - k, Rival=T + u),
        ),
        none=dt.move(
            "Rival",
            "free",
            venture=dt.outcome("Adventure", Manager=-L, Rival=dt.by_type(Adventurous=g, Content=-h)),
            refrain=dt.outcome("Free Peace", Manager=0, Rival=0),
        ),
    ),
)
OFFER, BOUND = ("Manager", "offer"), ("Rival", "Adventurous", "bound")
deterred = (1 - w) * g - w * s  # at most 0: a treaty keeps the Adventurous from its adventure

CLAIMS = (
    derived(
        "The treaty restrains by being watched, no one ventures, exactly where (1 - w) g <= w s and T + p L >= k",
        exists_iff("Pact of restraint", sp.And(deterred <= 0, T + p * L >= k)),
    ),
    derived(
        "The treaty restrains by the hand, exactly where (1 - w) g >= w s and T + p w (L - z) >= k",
        exists_iff("Restraint by the hand", sp.And(deterred >= 0, T + p * w * (L - z) >= k)),
    ),
    derived(
        "There is none exactly where neither the third state nor the rival is worth its cost",
        exists_iff(
            ["None though it would bind", "None and it would not bind"],
            sp.Or(sp.And(deterred <= 0, T + p * L <= k), sp.And(deterred >= 0, T + p * w * (L - z) <= k)),
        ),
    ),
    derived(
        "One of them always exists",
        always_exists(
            "Pact of restraint", "Restraint by the hand", "None though it would bind", "None and it would not bind"
        ),
    ),
    derived(
        "Without a common enemy worth its cost, T < k, a treaty still forms where it binds and p L > k",
        always_exists("Pact of restraint", on=sp.And(k > T, deterred <= 0, p * L > k)),
    ),
    derived(
        "Without any common enemy, T = 0, it forms where it binds and the adventures that it ends outweigh its cost",
        always_exists("Pact of restraint", on=sp.And(sp.Eq(T, 0), deterred < 0, p * L > k)),
    ),
    derived(
        "And where it only restrains by the hand, T = 0, if what is caught is worth more than it costs",
        always_exists("Restraint by the hand", on=sp.And(sp.Eq(T, 0), deterred > 0, p * w * (L - z) > k)),
    ),
    derived("A treaty that binds ends every adventure", never_occurs("Unseen Adventure", "Pact of restraint")),
    derived(
        "A treaty that does not bind is evaded with probability p (1 - w)",
        outcome_probability("Restraint by the hand", "Unseen Adventure", p * (1 - w)),
    ),
    derived("An ally that is seen is not condoned", never_occurs("Condoned")),
    derived(
        "Better watch makes evasion rarer where the treaty does not bind",
        sign_of("Unseen Adventure", w, "decreasing", "Restraint by the hand"),
    ),
    derived("The two treaties exclude each other", never_coexist("Pact of restraint", "Restraint by the hand")),
    folklore("No treaty forms without a common enemy worth its cost", never_occurs("Managed Peace", on=k > T)),
    folklore("An ally is not a danger: a treaty partner never ventures", never_occurs("Unseen Adventure")),
    folklore(
        "A more dangerous rival, p L > k, is always bound by a treaty",
        always_exists("Pact of restraint", "Restraint by the hand", on=p * L > k),
    ),
)

model = dt.Model(
    title="Treaty to Restrain the Ally",
    game=game,
    citation="After Schroeder, Alliances, 1815-1945: Weapons of Power and Tools of Management (1976; reprinted 2004)",
    strand="Managing the ally",
    row=13,
    question="When do two rivals without a common enemy sign a treaty to restrain one another?",
    picture=("p", "w"),
    sweep={"k": ("1/10", 4, 40), "p": (0, 1, 41)},
    story=(
        "Two rivals may be bound by a treaty although no third state threatens them much. Under it the manager is "
        "consulted and sees an adventure in time with some probability, and can then restrain its ally, who loses "
        "by it; without it the rival is free. The rival alone knows whether it is Adventurous or Content. "
        "Names are ours."
    ),
    names={
        "Pact of restraint": {OFFER: "treaty", BOUND: "refrain"},
        "Restraint by the hand": {OFFER: "treaty", BOUND: "venture"},
        "None though it would bind": {OFFER: "none", BOUND: "refrain"},
        "None and it would not bind": {OFFER: "none", BOUND: "venture"},
    },
    claims=CLAIMS,
)
