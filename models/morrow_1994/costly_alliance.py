"""An alliance as a costly signal, after Morrow (1994); the reduced form and its conditions are derived by us."""

import sympy as sp

import deterrence as dt
from deterrence.claims import (
    always_exists,
    believes,
    derived,
    exists_iff,
    folklore,
    in_equilibrium,
    never_occurs,
    outcome_probability,
    plays,
    sign_of,
    when_types_known,
)

P = dt.Parameters()
v_L = P.positive("v_L", description="Low Patron: worth of an ally that is left in peace", sample=2)
w_H, v_H = P.ordered(
    "w_H < v_H",
    descriptions=["High Patron: war beside the ally", "High Patron: worth of an ally that is left in peace"],
    samples=[1, 6],
)
k = P.positive("k", description="peacetime cost of the alliance to the Patron", sample=1)
g = P.positive("g", description="Challenger: gain from attacking an ally that is abandoned", sample=2)
l = P.positive("l", description="Challenger: loss from war against both", sample=2)  # noqa: E741
h = P.probability("h", description="probability that the Patron is High", sample="1/3")
P.assume(w_H > 0)

game = dt.ExtensiveGame(
    "Costly alliance",
    parameters=P,
    players={"Patron": dt.types(High=h, Low=1 - h), "Challenger": None},
    tree=dt.move(
        "Patron",
        "sign",
        alliance=dt.move(
            "Challenger",
            "facing an alliance",
            wait=dt.outcome("Peace with alliance", Patron=dt.by_type(High=v_H - k, Low=v_L - k), Challenger=0),
            attack=dt.outcome(
                "Attack on an ally",
                Patron=dt.by_type(High=w_H - k, Low=-k),
                Challenger=dt.by_type("Patron", High=-l, Low=g),
            ),
        ),
        none=dt.move(
            "Challenger",
            "facing none",
            wait=dt.outcome("Peace without", Patron=dt.by_type(High=v_H, Low=v_L), Challenger=0),
            attack=dt.outcome(
                "Attack without",
                Patron=dt.by_type(High=w_H, Low=0),
                Challenger=dt.by_type("Patron", High=-l, Low=g),
            ),
        ),
    ),
)

HIGH, LOW = ("Patron", "High", "sign"), ("Patron", "Low", "sign")
SEEN, UNSEEN = ("Challenger", "facing an alliance"), ("Challenger", "facing none")
t = g / (g + l)  # the belief in a High Patron that leaves the Challenger indifferent
x, y, b = sp.symbols("x y b", real=True)

CLAIMS = (
    derived(
        "Only the High sign, and are left in peace, if and only if v_H - k >= w_H and v_L <= k",
        exists_iff("Separating", sp.And(v_H - k >= w_H, v_L <= k)),
    ),
    derived(
        "Both sign and are left in peace if and only if h >= t, v_L >= k and v_H - k >= w_H",
        exists_iff("Pooling on the alliance", sp.And(h >= t, v_L >= k, v_H - k >= w_H)),
    ),
    derived(
        "In the bluff the Low sign with probability h (1 - t)/((1 - h) t)",
        in_equilibrium("Bluff", sp.Eq(x, h * (1 - t) / ((1 - h) * t)), {x: plays(LOW, "alliance")}),
    ),
    derived(
        "In the bluff an alliance deters with probability k/v_L: the dearer it is, the more it is believed",
        in_equilibrium("Bluff", sp.Eq(y, k / v_L), {y: plays(SEEN, "wait")}),
    ),
    derived(
        "The bluff exists if and only if h <= t, v_L >= k and v_H - w_H >= v_L",
        exists_iff("Bluff", sp.And(h <= t, v_L >= k, v_H - w_H >= v_L)),
    ),
    derived(
        "A signed alliance leaves the Challenger with the belief t in the bluff",
        in_equilibrium("Bluff", sp.Eq(b, t), {b: believes("Challenger", "facing an alliance", "Patron", "High")}),
    ),
    derived("Some equilibrium always exists", always_exists()),
    derived("Nobody who signs is attacked where only the High sign", never_occurs("Attack on an ally", "Separating")),
    derived(
        "In the bluff allies are attacked less as the alliance costs more",
        sign_of("Attack on an ally", k, "decreasing", "Bluff"),
    ),
    derived(
        "Where only the High sign, an ally without treaty is attacked with probability 1 - h",
        outcome_probability("Separating", "Attack without", 1 - h),
    ),
    derived(
        "With types known, a High Patron needs no alliance",
        when_types_known("Peace without", Patron="High"),
    ),
    folklore("An ally is never attacked", never_occurs("Attack on an ally")),
    folklore(
        "An alliance separates the Patrons whenever it is dear enough for the Low, v_L <= k",
        exists_iff("Separating", v_L <= k),
    ),
    folklore(
        "An alliance that is signed makes the Challenger sure",
        in_equilibrium("Bluff", sp.Eq(b, 1), {b: believes("Challenger", "facing an alliance", "Patron", "High")}),
    ),
)

model = dt.Model(
    title="Alliance as a costly signal",
    game=game,
    citation="Morrow, JCR 38 (1994), for the idea; the reduced form is ours",
    strand="Extended deterrence",
    row=2,
    question="When does the peacetime cost of an alliance show that the patron will fight for it?",
    picture=("h", "k"),
    sweep={"k": ("1/10", 7, 70), "h": (0, 1, 41)},
    story=(
        "A patron that would fight for its ally (High) or abandon it (Low) may sign an alliance, which costs something "
        "in peacetime. A challenger that does not know the patron's type sees whether there is a treaty, and attacks "
        "or waits."
    ),
    names={
        "Separating": {HIGH: "alliance", LOW: "none", SEEN: "wait", UNSEEN: "attack"},
        "Pooling on the alliance": {HIGH: "alliance", LOW: "alliance", SEEN: "wait"},
        "Bluff": {HIGH: "alliance", LOW: ("alliance", "none"), SEEN: ("wait", "attack"), UNSEEN: "attack"},
        "No alliance, peace": {HIGH: "none", LOW: "none", UNSEEN: "wait"},
        "No alliance, attack": {HIGH: "none", LOW: "none", UNSEEN: "attack"},
    },
    claims=CLAIMS,
)
