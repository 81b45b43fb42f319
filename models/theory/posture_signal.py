"""Posture as a signal of intent when weapons can hardly be told apart; this formalisation of Jervis is ours.

Source: Jervis, Cooperation under the Security Dilemma, World Politics 30 (1978) (four worlds), which is verbal.
"""

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
    recalled,
    sign_of,
)
from deterrence.games import Node

P = dt.Parameters()
q = P.real("q", description="accuracy: probability that a posture looks like what it is", sample="3/5")
p = P.probability("p", description="probability that the state is Greedy", sample="1/2")
t = P.probability("t", description="Rival: cost of arming; trusting the Greedy costs 1", sample="1/2")
G = P.real("G", description="Greedy: worth of being trusted in an offensive posture; in a defensive one 1", sample=2)
k = P.real(
    "k",
    description="Secure: cost of an offensive posture, with trust as 1: above 0 where defence has the advantage, below "
    "where offence has",
    sample="1/2",
)
P.assume(sp.Rational(1, 2) <= q, q < 1, G > 1, sp.Ne(k, 0))


def look(label: str, offensive: bool) -> Node:
    """The rival sees a posture that looks one way or the other, and trusts or arms."""
    cost = k if offensive else 0
    worth = G if offensive else 1
    name = "offensive" if offensive else "defensive"
    return dt.move(
        "Rival",
        label,
        trust=dt.outcome(
            f"Trusted, {name}",
            State=dt.by_type(Greedy=worth, Secure=1 - cost),
            Rival=0 - dt.by_type("State", Greedy=1, Secure=0),
        ),
        arm=dt.outcome(f"Arms, {name}", State=dt.by_type(Greedy=0, Secure=-cost), Rival=-t),
    )


game = dt.ExtensiveGame(
    "Posture as a signal",
    parameters=P,
    players={"State": dt.types(Greedy=p, Secure=1 - p), "Rival": None},
    tree=dt.move(
        "State",
        "posture",
        defensive=dt.chance(
            "looks of a defensive posture",
            {"as it is": (q, look("looks defensive", False)), "otherwise": (1 - q, look("looks offensive", False))},
        ),
        offensive=dt.chance(
            "looks of an offensive posture",
            {"as it is": (q, look("looks offensive", True)), "otherwise": (1 - q, look("looks defensive", True))},
        ),
    ),
)
GREEDY, SECURE = ("State", "Greedy", "posture"), ("State", "Secure", "posture")
SEES_DEFENSIVE, SEES_OFFENSIVE = ("Rival", "looks defensive"), ("Rival", "looks offensive")
p_trust = t * (1 - q) / (t * (1 - q) + (1 - t) * q)  # below it even a state that looks offensive is trusted
p_fear = t * q / (t * q + (1 - t) * (1 - q))  # above it even a state that looks defensive is not
apart = 2 * q - 1  # what looks tell
turn = (G - 1) * apart + k * (q * (1 + G) - 1)  # at least 0 where half-believed looks divide the Greedy and the Secure
x, y = sp.symbols("x y", real=True)  # Greedy takes an offensive posture, the rival trusts what looks offensive
PLAY = {x: plays(GREEDY, "offensive"), y: plays(SEES_OFFENSIVE, "trust")}
JERVIS = "Jervis (1978), from memory; the formula is derived for the stated game"

CLAIMS = (
    derived("Nobody is trusted exactly where p >= t", exists_iff("Distrust", p >= t)),
    derived(
        "Looks tell the two apart exactly where p_trust <= p <= p_fear, accuracy is at most G/(1 + G), and looks "
        "outweigh what the Secure gain by an offensive posture, 2 q - 1 >= -k",
        exists_iff("Told apart", sp.And(p_trust <= p, p <= p_fear, q * (1 + G) <= G, apart >= -k)),
    ),
    derived(
        "Everybody is trusted exactly where p <= p_trust, or p <= t if offence has the advantage: nobody looks worse",
        exists_iff("Trust", sp.Or(p <= p_trust, sp.And(k <= 0, p <= t))),
    ),
    derived(
        "The Greedy imitates, and looks are half believed, exactly where p_trust <= p <= t, q >= G/(1 + G), and the "
        "Secure still keep to defence",
        exists_iff("Imitation", sp.And(p_trust <= p, p <= t, q * (1 + G) >= G, turn >= 0)),
    ),
    derived(
        "If offence has the advantage, but less than looks tell, the Secure may hedge between postures, trusted or "
        "not, where p_trust <= p <= t",
        exists_iff("Hedging", sp.And(p_trust <= p, p <= t, k <= 0, apart >= -k, turn >= 0)),
    ),
    derived(
        "Jervis's worst worlds: where offence has an advantage that looks do not outweigh, 2 q - 1 < -k, and so always "
        "at q = 1/2, no state is ever trusted in a defensive posture",
        never_occurs("Trusted, defensive", on=sp.And(k < 0, apart < -k)),
    ),
    derived(
        "Where defence has the advantage the Secure, if all are trusted, are trusted in the defensive posture",
        outcome_probability("Trust", "Trusted, defensive", 1 - p, on=k > 0),
    ),
    derived("One of the four always exists", always_exists("Told apart", "Trust", "Distrust", "Imitation")),
    recalled(
        "Where weapons cannot be told apart, q = 1/2, those who seek security cannot separate, but where p = t",
        holds(sp.Eq(p, t), on=sp.And(sp.Eq(q, sp.Rational(1, 2)), p_trust <= p, p <= p_fear)),
        JERVIS,
    ),
    derived("Accuracy widens the range of priors in which looks matter: p_fear rises", holds(sp.diff(p_fear, q) > 0)),
    derived("Accuracy widens the range of priors in which looks matter: p_trust falls", holds(sp.diff(p_trust, q) < 0)),
    derived("Told apart and Imitation exclude each other", never_coexist("Told apart", "Imitation")),
    derived(
        "In Imitation the Greedy takes an offensive posture with probability (1-q)(t-p)/(p(1-t)(2q-1))",
        in_equilibrium("Imitation", sp.Eq(x, (1 - q) * (t - p) / (p * (1 - t) * (2 * q - 1))), PLAY),
    ),
    derived(
        "In Imitation what looks offensive is trusted with probability (q - (1-q) G)/(q G - (1-q))",
        in_equilibrium("Imitation", sp.Eq(y * (G * q - (1 - q)), q - G * (1 - q)), PLAY),
    ),
    derived(
        "Where looks tell apart, a Secure state is armed against in error with probability 1 - q",
        outcome_probability("Told apart", "Arms, defensive", (1 - p) * (1 - q)),
    ),
    derived(
        "Where looks tell apart, accuracy makes arming against a defensive posture rarer",
        sign_of("Arms, defensive", q, "decreasing", "Told apart"),
    ),
    folklore(
        "The better offence and defence can be told apart, the surer the two kinds of state separate",
        always_exists("Told apart", on=sp.And(p_trust <= p, p <= p_fear, q > sp.Rational(3, 4))),
    ),
    folklore(
        "Where weapons can be told apart nobody arms against a defensive posture",
        never_occurs("Arms, defensive", on=q > sp.Rational(3, 4)),
    ),
    folklore(
        "Where weapons can be told apart those who seek security take the defensive posture",
        in_equilibrium("Trust", sp.Eq(x, 0), {x: plays(SECURE, "offensive")}),
    ),
    folklore("Where nobody need be trusted, looks cannot tell apart either", never_coexist("Told apart", "Distrust")),
)

model = dt.Model(
    title="Posture as a Signal of Intent",
    game=game,
    citation="After Jervis, Cooperation under the Security Dilemma, World Politics 30 (1978)",
    strand="Entrapment and abandonment",
    row=10,
    question="Can a state that wants only security show it by its posture, if postures are hard to tell apart?",
    picture=("q", "p"),
    sweep={"k": ("1/10", 3, 30), "q": ("1/2", 1, 41)},
    story=(
        "A state that is Greedy or Secure takes an offensive or a defensive posture. Its rival sees only what the "
        "posture looks like, which is right with probability q, and trusts or arms. Trusting a Greedy state is the "
        "costliest mistake. At q = 1/2 offence and defence cannot be told apart; near q = 1 they can, and then a "
        "Greedy state hides behind a defensive posture. Whether offence or defence has the advantage decides whether "
        "the Secure, who want only safety, like the offensive posture: with accuracy that makes Jervis's four worlds. "
        "Names are ours."
    ),
    names={
        "Trust": {SEES_DEFENSIVE: "trust", SEES_OFFENSIVE: "trust"},
        "Distrust": {SEES_DEFENSIVE: "arm", SEES_OFFENSIVE: "arm"},
        "Told apart": {GREEDY: "offensive", SECURE: "defensive", SEES_DEFENSIVE: "trust", SEES_OFFENSIVE: "arm"},
        "Hedging": {
            GREEDY: "offensive",
            SECURE: ("defensive", "offensive"),
            SEES_DEFENSIVE: "trust",
            SEES_OFFENSIVE: ("trust", "arm"),
        },
        "Imitation": {
            GREEDY: ("defensive", "offensive"),
            SECURE: "defensive",
            SEES_DEFENSIVE: "trust",
            SEES_OFFENSIVE: ("trust", "arm"),
        },
    },
    claims=CLAIMS,
)
