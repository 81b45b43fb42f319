"""Results of the literature on alliances and arms, checked with the forms of game other than trees."""

import itertools

import pytest
import sympy as sp

from deterrence.errors import ConceptError
from deterrence.games import ExtensiveGame, by_type, move, outcome, types
from deterrence.games.continuous import ContinuousGame
from deterrence.games.strategic import StrategicGame
from deterrence.parameters import Parameters
from deterrence.regions import Region
from deterrence.solvers.forms import is_form, solve_form
from deterrence.solvers.levels.continuous import solve_continuous
from deterrence.solvers.tables.strategic import solve_strategic
from deterrence.solvers.trees.perfect_bayesian import perfect_bayesian

x = sp.Symbol("x", real=True)


def test_unequal_volunteers():
    """With cost-benefit ratios r, state i shirks with probability sqrt(r1 r2 r3)/r_i where all of these are below 1."""
    P = Parameters()
    r = P.probability("r1 r2 r3")

    def cell(*profile):
        some = int("balance" in profile)
        return tuple(some - (r[k] if own == "balance" else 0) for k, own in enumerate(profile))

    game = StrategicGame("Volunteers", parameters=P, actions={p: ["balance", "pass"] for p in "XYZ"}, payoffs=cell)
    eqs = solve_strategic(game, time_limit=60)
    assert eqs.complete
    point = {r[0]: "1/4", r[1]: "9/25", r[2]: "4/9"}
    values = [sp.Rational(1, 4), sp.Rational(9, 25), sp.Rational(4, 9)]
    root = sp.sqrt(sp.Mul(*values))
    (mixed,) = (e for e in eqs if all(0 not in row.values() for row in e.strategy.values()))
    below = [r[0] * r[1] < r[2], r[0] * r[2] < r[1], r[1] * r[2] < r[0]]  # each sqrt(r1 r2 r3)/r_i < 1
    assert mixed.condition.equals(Region(sp.And(*below), P)).proved
    assessment = mixed.assessment_at(point)
    shirks = [assessment.strategy[p, "choice"]["pass"] for p in "XYZ"]
    assert [sp.simplify(s - root / v) for s, v in zip(shirks, values, strict=True)] == [0, 0, 0]


def test_status_quo_revision_under_uncertainty():
    """Powell (1999, ch. 3): the satisfied state leaves x to the other; war is least likely where shares match power."""
    P = Parameters()
    lo, hi = P.ordered("0 < lo < hi")
    p, q = P.probability("p q")
    s = P.positive("s")
    P.assume(q < p - lo, q > p - hi)
    war = (p - x - lo) / (hi - lo)
    game = ContinuousGame(
        "Shares and power", parameters=P, levels={"S": {x: (q, p - lo)}},
        payoffs={"S": war * (1 - p - s) + (1 - war) * (1 - x)},
    )  # fmt: skip
    eqs = solve_continuous(game)
    found = {e.facts["places"]["x"]: e for e in eqs}
    inner = found["interior"]
    assert sp.simplify(inner.strategy["x"] - (p - (hi - s) / 2)) == 0
    assert found["high"].condition.equals(Region((hi - s) / 2 <= lo, P)).proved
    assert found["low"].condition.equals(Region(p - (hi - s) / 2 <= q, P)).proved
    assert eqs.covers().proved
    risk = sp.cancel(war.subs(x, inner.strategy["x"]))
    assert inner.sign(risk, s).direction == "decreasing"
    kept = found["low"]
    assert kept.sign(war.subs(x, q), q).direction == "decreasing"


def test_trust():
    """Kydd (2005): a trustworthy state cooperates iff the other is likely enough to be; defection is always stable."""
    P = Parameters()
    S, Q, T, R = P.ordered("S < P < T < R")
    t = P.probability("t")
    pay = {"C": {"C": (R, R), "D": (S, T)}, "D": {"C": (T, S), "D": (Q, Q)}}
    greedy = T + (R - S)  # an untrustworthy state prefers to exploit

    def cell(a, b):
        first, second = pay[a][b]
        kinds = []
        for own, value in ((a, first), (b, second)):
            tempted = greedy if value == T and own == "D" else value
            kinds.append(by_type(Trusty=value, Greedy=tempted))
        return outcome(f"{a}{b}", A=kinds[0], B=kinds[1])

    tree = move("A", "arms", {a: move("B", "arms", {b: cell(a, b) for b in "CD"}) for a in "CD"})
    players = {p: types(Trusty=t, Greedy=1 - t) for p in "AB"}
    game = ExtensiveGame("Trust", parameters=P, players=players, tree=tree)
    eqs = perfect_bayesian(game, concept="perfect bayesian", beliefs="free")
    threshold = (Q - S) / ((R - T) + (Q - S))

    def cooperates(e, who):
        return e.strategy[who, "Trusty", "arms"]["C"] == 1 and e.strategy[who, "Greedy", "arms"]["C"] == 0

    trusting = [e for e in eqs if cooperates(e, "A") and cooperates(e, "B")]
    region = Region.nothing(P)
    for e in trusting:
        region = region | e.condition
    assert region.equals(Region(t >= threshold, P)).proved
    wary = [e for e in eqs if all(row["D"] == 1 for row in e.strategy.values())]
    assert any(e.condition.covers().proved for e in wary)


def test_burden_sharing_falls_short_of_what_is_efficient():
    """With n equal allies the total is a share 1/(al + n (1 - al)) of the efficient one."""
    q = sp.symbols("q1 q2 q3", real=True)
    for n in (2, 3):
        P = Parameters()
        al, w = P.probability("al"), P.positive("w")
        utility = [(1 - al) * sp.log(w - q[k]) + al * sp.log(sum(q[:n])) for k in range(n)]
        game = ContinuousGame(
            "Equals", parameters=P, levels={str(k): {q[k]: (0, w)} for k in range(n)},
            payoffs={str(k): utility[k] for k in range(n)},
        )  # fmt: skip
        (only,) = solve_continuous(game)
        total = sum(only.strategy.values())
        efficient = al * n * w
        assert sp.simplify(total / efficient - 1 / (al + n * (1 - al))) == 0


def test_first_strike_advantage_can_leave_no_peaceful_division():
    """Fearon (1995): the range [pf - cA, ps + cB] is empty iff pf - ps > cA + cB."""
    P = Parameters()
    pf, ps = P.probability("pf ps")
    cA, cB = P.positive("cA cB")
    both = Region((x >= pf - cA) & (x <= ps + cB), P.snapshot().extend(closed=[(x,)]), exists=(x,))
    empty = ~both.eliminate(x)
    assert empty.implies(Region(pf - ps > cA + cB, P)).proved
    assert Region(pf - ps > cA + cB, P).implies(empty).proved


def test_every_form_has_its_solver():
    game = StrategicGame("Small", actions={"A": ["a"]}, payoffs={"a": [1]})
    assert is_form(game) and not is_form(3)
    (only,) = solve_form(game)
    assert only.payoffs["A"] == 1
    with pytest.raises(ConceptError, match="beliefs"):
        solve_form(game, beliefs="passive")
    with pytest.raises(ConceptError, match="StrategicGame"):
        solve_form(object())


def test_chicken_as_a_table_and_the_mixed_equilibrium_in_words():
    P = Parameters()
    Q, S, R, T = P.ordered("P < S < R < T")
    cells = dict(zip(itertools.product("CD", repeat=2), [(R, R), (S, T), (T, S), (Q, Q)], strict=True))
    game = StrategicGame("Chicken", parameters=P, actions={"A": list("CD"), "B": list("CD")}, payoffs=cells)
    mixed = next(e for e in solve_form(game) if e.kind["A", "choice"] == "mixed")
    crash = mixed.outcomes["D, D"]
    assert sp.simplify(crash - ((T - R) / (T - R + S - Q)) ** 2) == 0
    assert mixed.sign("D, D", "T").direction == "increasing"
