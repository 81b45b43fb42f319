"""Like and unlike regimes before a common threat; the literature is empirical or verbal, the formalisation is ours.

Sources: Lai and Reiter, Democracy, Political Similarity, and International Alliances, JCR 44 (2000); Simon and Gartzke,
Political System Similarity and the Choice of Allies, JCR 40 (1996).
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
    threshold,
)
from deterrence.games import Node

P = dt.Parameters()
T = P.positive("T", description="common threat: what is saved when the partner honours its pledge", sample=3)
k = P.positive("k", description="cost of an alliance with a like regime", sample=1)
delta = P.positive("delta", description="further cost at home of an alliance with an unlike regime", sample=1)
c_low, a_unlike, c_high, a_like = P.ordered(
    "0 < c_low < a_unlike < c_high < a_like",
    descriptions=[
        "Willing partner: cost of fighting",
        "penalty of a partner that fails an unlike regime",
        "Reluctant partner: cost of fighting",
        "penalty of a partner that fails a like regime",
    ],
    samples=[1, 2, 3, 4],
)
w = P.probability("w", description="probability that the partner is Willing", sample="1/2")
lam = P.probability("lam", description="probability that the partner at hand is of a like regime", sample="1/2")


def meeting(kind: str, cost: sp.Expr, penalty: sp.Expr) -> Node:
    """A partner of this kind of regime is at hand; the state signs or not, and the partner honours or fails it."""
    return dt.move(
        "State",
        f"{kind} partner",
        sign=dt.move(
            "Partner",
            f"called by {kind}",
            honour=dt.outcome(
                f"{kind.capitalize()} Alliance Honoured",
                State=T - cost,
                Partner=dt.by_type(Willing=-c_low, Reluctant=-c_high),
            ),
            fail=dt.outcome(f"{kind.capitalize()} Alliance Failed", State=-cost, Partner=-penalty),
        ),
        alone=dt.outcome(f"Alone beside {kind.capitalize()}", State=0, Partner=0),
    )


game = dt.ExtensiveGame(
    "Regime likeness and common threat",
    parameters=P,
    players={"State": None, "Partner": dt.types(Willing=w, Reluctant=1 - w)},
    tree=dt.chance(
        "partner at hand",
        like=(lam, meeting("like", k, a_like)),
        unlike=(1 - lam, meeting("unlike", k + delta, a_unlike)),
    ),
)

LIKE, UNLIKE = ("State", "like partner"), ("State", "unlike partner")
T_like, T_unlike = k, (k + delta) / w  # the threats beyond which a like, and an unlike, regime is allied with

CLAIMS = (
    derived("Nobody is allied with exactly where T <= k", exists_iff("No alliance", T_like >= T)),
    derived(
        "Likeness decides, and only a like regime is allied with, exactly where k <= T <= (k + delta)/w",
        exists_iff("Only like regimes", sp.And(T_like <= T, T_unlike >= T)),
    ),
    derived(
        "Unlike regimes ally too exactly where T >= (k + delta)/w",
        exists_iff("All regimes", T_unlike <= T),
    ),
    derived("One of the three always exists", always_exists("No alliance", "Only like regimes", "All regimes")),
    derived(
        "The middle in which likeness matters is (delta + (1 - w) k)/w wide: the cost at home and the doubt of help",
        threshold(T_unlike - T_like, (delta + (1 - w) * k) / w),
    ),
    derived("Commitment between like regimes is never failed", never_occurs("Like Alliance Failed")),
    derived(
        "Commitment between unlike regimes is failed by the Reluctant, with probability (1 - lam)(1 - w)",
        outcome_probability("All regimes", "Unlike Alliance Failed", (1 - lam) * (1 - w)),
    ),
    derived(
        "At low threat likeness has no effect: no alliance is honoured, like or unlike",
        never_occurs("Like Alliance Honoured", on=T_like > T),
    ),
    derived(
        "At high threat likeness has no effect on whether an alliance is made: nobody stays alone",
        never_occurs("Alone beside Unlike", on=T_unlike < T),
    ),
    derived(
        "Middling and high threat exclude each other",
        never_coexist("Only like regimes", "All regimes"),
    ),
    folklore("Unlike regimes never ally", never_occurs("Unlike Alliance Honoured")),
    folklore("Like regimes always ally", never_occurs("Alone beside Like")),
    folklore(
        "A threat greater than the costs unites unlike regimes",
        always_exists("All regimes", on=k + delta < T),
    ),
    folklore(
        "Commitment between unlike regimes is as credible as between like ones",
        never_occurs("Unlike Alliance Failed"),
    ),
)

model = dt.Model(
    title="Regime Likeness and Common Threat",
    game=game,
    citation="After Lai and Reiter, JCR 44 (2000), and Simon and Gartzke, JCR 40 (1996)",
    strand="Regime and ideology",
    row=12,
    question="Beyond which common threat do unlike regimes ally, and where does likeness matter most?",
    picture=("T", "w"),
    sweep={"T": ("1/4", 10, 40), "w": (0, 1, 41)},
    story=(
        "A state under threat has a partner of a like or an unlike regime at hand, and signs or stays alone. When "
        "called, the partner honours its pledge or fails it; failing a like regime is punished more, so that the "
        "pledge is more credible, and an alliance with an unlike regime costs more at home. The partner alone knows "
        "whether it is Willing or Reluctant. Names are ours."
    ),
    names={
        "No alliance": {LIKE: "alone", UNLIKE: "alone"},
        "Only like regimes": {LIKE: "sign", UNLIKE: "alone"},
        "All regimes": {LIKE: "sign", UNLIKE: "sign"},
    },
    claims=CLAIMS,
)
