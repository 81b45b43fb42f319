"""Arms for the ally's sake: a partner that accepts only a state with a minimum of arms; the game is ours.

Sources: Morrow 1993 and Altfeld 1984 for arms or allies; that procurement is wasteful and that partners want arms are
verbal objections.
"""

import sympy as sp

import deterrence as dt
from deterrence.claims import always_exists, chooses, derived, exists_iff, folklore, holds, never_occurs, quantity

P = dt.Parameters()
W = P.positive("W", description="resources of the State: great or small", sample=4)
s = P.positive("s", description="security from a unit of arms, without waste", sample=2)
w = P.probability("w", description="waste of procurement, as a share of what is spent", sample="1/4")
rho = P.probability("rho", description="share of the worth of arms that an ally replaces", sample="1/4")
B = P.positive("B", description="worth of an ally, interests given up deducted", sample=2)
t = P.positive("t", description="arms that the Partner wants to see", sample=1)
f = P.positive("f", description="cost of asking in vain", sample="1/4")
P.assume(sp.Ne(W, t))  # where all that the State has is the minimum, the two alliances are one
a = sp.Symbol("a", real=True)  # the share of its resources that the State spends on arms

alone, beside = s * (1 - w) - 1, s * (1 - w) * (1 - rho) - 1  # what a unit spent on arms brings: alone, with an ally
armed = alone * a * W

game = dt.BargainingGame(
    "Minimum of arms",
    parameters=P,
    players=["State", "Partner"],
    tree=dt.offer(
        "State",
        "arm",
        a,
        dt.move(
            "State",
            "ask",
            alone=dt.outcome("Alone", State=armed, Partner=0),
            ally=dt.move(
                "Partner",
                "asked",
                accept=dt.outcome("Alliance", State=B + beside * a * W, Partner=a * W - t),
                refuse=dt.outcome("Refusal", State=armed - f, Partner=0),
            ),
        ),
    ),
)

ARM, ASK = ("State", "arm"), ("State", "ask")
MINIMUM, FULL, UNARMED, ARMED = "Ally, with the minimum of arms", "Ally, fully armed", "Alone, unarmed", "Alone, armed"
least = B + beside * t  # what the alliance brings with the minimum of arms
most = B + beside * W  # and with all

CLAIMS = (
    derived(
        "Complements and substitutes: an ally is had with the minimum of arms exactly where the state has as much, "
        "arms beside an ally do not pay, and this is better than to be alone, armed or not",
        exists_iff(MINIMUM, sp.And(t <= W, beside <= 0, least >= 0, least >= alone * W)),
    ),
    derived(
        "An ally is had fully armed exactly where arms pay even beside an ally, which is worth more than it replaces",
        exists_iff(FULL, sp.And(t <= W, beside >= 0, most >= alone * W)),
    ),
    derived(
        "A state stays alone and unarmed exactly where arms do not pay, and the partner asks for too many",
        exists_iff(UNARMED, sp.And(alone <= 0, sp.Or(t >= W, least <= 0))),
    ),
    derived(
        "It stays alone and armed exactly where arms pay, and an ally is not to be had or not worth it",
        exists_iff(
            ARMED,
            sp.And(
                alone >= 0,
                sp.Or(t >= W, sp.And(beside <= 0, least <= alone * W), sp.And(beside >= 0, most <= alone * W)),
            ),
        ),
    ),
    derived("One of the four always exists", always_exists(MINIMUM, FULL, UNARMED, ARMED)),
    derived(
        "Arms with the minimum are what the partner wants, whatever they are worth",
        quantity(MINIMUM, chooses("State arm"), t / W),
    ),
    derived(
        "Complements: where arms do not pay alone, they are bought if the ally is worth it, and only then",
        always_exists(MINIMUM, on=sp.And(alone < 0, t < W, least > 0)),
    ),
    derived(
        "Substitutes: where arms pay alone but not beside an ally, a state either arms fully or has an ally instead",
        always_exists(MINIMUM, ARMED, on=sp.And(alone > 0, beside < 0)),
    ),
    derived(
        "Great states go it alone: beyond W = (B + beside t)/alone no alliance is made where arms pay",
        never_occurs("Alliance", on=sp.And(alone > 0, beside < 0, t < W, alone * W > least)),
    ),
    derived(
        "The smallest cannot have an ally: none is made with less than the minimum", never_occurs("Alliance", on=t > W)
    ),
    derived("Nobody asks in vain", never_occurs("Refusal")),
    derived(
        "The waste wedge: arms pay alone exactly where a unit of them is worth 1/(1 - w)",
        holds(sp.Equivalent(alone >= 0, s >= 1 / (1 - w))),
    ),
    derived(
        "Waste that makes arms not pay turns substitutes into complements: no state then arms but for an ally",
        always_exists(MINIMUM, UNARMED, on=s < 1 / (1 - w)),
    ),
    folklore("Arms and allies are substitutes: with an ally a state has fewer arms", exists_iff(MINIMUM, alone >= 0)),
    folklore("Waste always drives states to allies", always_exists(MINIMUM, FULL, on=s < 1 / (1 - w))),
    folklore("The weaker a state, the more it relies on allies", exists_iff(UNARMED, t <= W)),
)

model = dt.Model(
    title="Minimum of Arms",
    game=game,
    citation="After Morrow, IO 47 (1993) 207-233, and Altfeld, WPQ 37 (1984), with the objections to them",
    strand="Arms versus allies",
    row=11,
    question="When does a state arm in order to have an ally, when instead of one, and does its size matter?",
    picture=("W", "w"),
    sweep={"W": ("1/4", 6, 24), "w": (0, 1, 41)},
    story=(
        "A state spends a share of its resources on arms, part of which is wasted, and may then ask for an ally. The "
        "partner sees the arms, and accepts only a state that has enough. An ally replaces part of what arms are "
        "worth. Great states and small ones differ in their resources."
    ),
    names={
        MINIMUM: {ARM: t / W, ASK: "ally"},
        FULL: {ARM: 1, ASK: "ally"},
        UNARMED: {ARM: 0, ASK: "alone"},
        ARMED: {ARM: 1, ASK: "alone"},
    },
    claims=CLAIMS,
)
