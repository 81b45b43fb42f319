"""Claims: each kind is proved when true, refuted with a verified point when false, and no corruption escapes.

The answers checked against are written down here (Zagare and Kilgour 1993, the unilateral deterrence
game), not solved, so that claims and solvers are tested apart.
"""

import json
import pickle
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
import sympy as sp

import deterrence as dt
from deterrence import claims as c
from deterrence import solve
from deterrence.claims import audit, corrupt, why_none
from deterrence.errors import ModelError, ParameterError, UnknownName
from deterrence.games import ExtensiveGame, move, outcome
from deterrence.games.continuous import ContinuousGame
from deterrence.parameters import Parameters
from deterrence.regions.region import Region
from deterrence.regions.verdict import Verdict
from deterrence.solvers.levels.pure_levels import nobody_mixes

P = Parameters()
A_DDM, A_CD, A_DDP, A_SQ, A_DC = P.ordered("a_DDm < a_CD < a_DDp < a_SQ < a_DC")
B_DDM, B_DC, B_DDP, B_CD = P.ordered("b_DDm < b_DC < b_DDp < b_CD")
P_A, P_B = P.probability("p_A p_B")
C_S = P.define("c_S", (A_DC - A_SQ) / (A_DC - A_CD))
KNOWN = P.snapshot()
CS = (A_DC - A_SQ) / (A_DC - A_CD)
CH = (A_DC - A_SQ) / (A_DC - A_DDP)
RT = (B_CD - B_DC) / (B_CD - B_DDM)
FREE = sp.Symbol("q", real=True)
HALF = sp.Rational(1, 2)


@dataclass(frozen=True)
class Record:
    """What claims need of an equilibrium."""

    name: str
    condition: Region
    war: sp.Expr
    system: Region | None = None

    @property
    def title(self):
        return self.name

    @property
    def outcomes(self):
        return {"Conflict": self.war, "Never": sp.S.Zero}


@dataclass(frozen=True)
class Answer(Sequence):
    """What claims need of the equilibria of a game."""

    generic: tuple
    knife_edges: tuple = ()
    undecided: tuple = ()
    game: object = None

    @property
    def complete(self):
        return not self.undecided

    def __len__(self):
        return len(self.generic)

    def __getitem__(self, k):
        return self.generic[k]


@dataclass
class Game:
    assumptions: object = KNOWN
    outcomes: tuple = ("Conflict", "Never")


@dataclass
class Model:
    """A game with its answers written down."""

    answers: dict
    claims: tuple = ()
    game: Game = field(default_factory=Game)

    def solve(self, concept=None, beliefs="free"):
        return self.answers[concept, beliefs]


def record(name, condition, war=0, **more):
    return Record(name, Region(condition, KNOWN), sp.sympify(war), **more)


CERTAIN = record("Certain Deterrence", P_B >= CH)
SEPARATING = record("Separating", sp.And(CS <= P_B, P_B <= CH), P_A * P_B)
ATTACK = record("Attack", sp.And(P_B <= CS, P_A >= RT), P_A * P_B)
EDGE = record("Edge", sp.Eq(P_B, CS), P_A * P_B)
BLUFF = record("Bluff", sp.And(P_B < CS, P_A < RT), P_A * CS)
STEADFAST = record("Steadfast", True)
FAMILY = Record(
    "Mixed",
    Region(P_B < CH, KNOWN),
    P_A * FREE,
    Region(sp.And(P_B < CH, FREE < P_B), KNOWN.extend(positive=[FREE])),
)
REFINED = record("Steadfast", sp.Or(P_B <= CS, P_B >= CH))
MODEL = Model(
    {
        (None, "free"): Answer((CERTAIN, SEPARATING, ATTACK, BLUFF, STEADFAST)),
        (None, "undominated"): Answer((CERTAIN, SEPARATING, ATTACK, BLUFF)),
        ("intuitive", "free"): Answer((CERTAIN, SEPARATING, ATTACK, BLUFF, REFINED)),
        ("mixed", "free"): Answer((FAMILY,)),
        ("edges", "free"): Answer((CERTAIN, SEPARATING, ATTACK, BLUFF), (EDGE,)),
        ("unfinished", "free"): Answer((CERTAIN,), undecided=("a profile",)),
    }
)
LITERATURE = (
    c.claim("deterrence is certain iff p_B >= c_H", c.exists_iff("Certain Deterrence", P_B >= CH)),
    c.claim("separating iff c_S <= p_B <= c_H", c.exists_iff("Separating", sp.And(CS <= P_B, P_B <= CH))),
    c.claim("attack", c.exists_iff("Attack", sp.And(P_B <= CS, P_A >= RT))),
    c.claim("bluff, its condition weak", c.exists_iff("Bluff", sp.And(P_B <= CS, P_A <= RT)), label="derived"),
    c.claim("steadfast everywhere", c.exists_iff("Steadfast", True), label="recalled"),
    c.claim("war or deterrence", c.exists_iff(["Attack", "Bluff"], P_B <= C_S)),
    c.claim("unique", c.unique_iff("Certain Deterrence", P_B > CH, beliefs="undominated")),
    c.claim("apart", c.never_coexist("Bluff", "Attack")),
    c.claim("everywhere", c.always_exists()),
    c.claim("four cover", c.always_exists("Certain Deterrence", "Separating", "Attack", "Bluff"), citation="ISQ 1993"),
    c.claim("war in bluff", c.outcome_probability("Bluff", "Conflict", P_A * C_S)),
    c.claim("no war", c.never_occurs("Conflict", ["Certain Deterrence", "Steadfast"])),
    c.claim("this outcome never", c.never_occurs("Never")),
    c.claim("closed form", c.threshold("c_S", CS)),
    c.claim("order of thresholds", c.holds(sp.And(CS > 0, CS < CH, CH < 1))),
    c.claim("war rises with p_A in Bluff", c.sign_of("Conflict", P_A, "increasing", "Bluff")),
    c.claim("but not with p_B", c.sign_of("Conflict", "p_B", "constant", "Bluff")),
    c.claim("removed in between", c.refinement_removes("Steadfast", sp.And(CS < P_B, P_B < CH), concept="intuitive")),
)
FALSE = (
    c.exists_iff("Certain Deterrence", P_B >= CS),
    c.exists_iff("Separating", sp.And(CS <= P_B, P_B <= CH, P_A >= RT)),
    c.exists_iff("Attack", sp.Eq(P_B, CS)),
    c.unique_iff("Certain Deterrence", P_B > CH),
    c.never_coexist("Separating", "Steadfast"),
    c.always_exists("Separating", "Attack", "Bluff"),
    c.always_exists("Certain Deterrence", on=P_B > CS),
    c.outcome_probability("Bluff", "Conflict", P_A * P_B),
    c.outcome_probability("Mixed", "Conflict", P_A * P_B, concept="mixed"),
    c.never_occurs("Conflict"),
    c.threshold("c_S", CH),
    c.holds(CS > CH),
    c.holds(sp.Rational(1, 2) < CS, on=P_B > CS),
    c.sign_of("Conflict", P_B, "decreasing", "Separating"),
    c.sign_of("Conflict", P_B, "increasing", "Bluff"),
    c.refinement_removes("Steadfast", P_B > CS, concept="intuitive"),
)


@pytest.mark.parametrize("claim", LITERATURE, ids=lambda k: k.statement)
def test_what_is_true_is_proved_and_certified(claim):
    verdict = claim.check.verdict(MODEL)
    assert verdict.proved and verdict.grade == "certified", str(verdict)
    assert all(proof.check() for proof in verdict.certificates)


@pytest.mark.parametrize("check", FALSE, ids=lambda k: f"{type(k).__name__} {getattr(k, 'names', '')}")
def test_what_is_false_is_refuted_at_an_exact_point(check):
    verdict = check.verdict(MODEL)
    assert verdict.refuted and verdict.reason, str(verdict)
    point = verdict.counterexample
    assert KNOWN.holds({s: v for s, v in point.items() if s in KNOWN.symbols})
    assert all(v.is_Rational for v in point.values())


@pytest.mark.parametrize(
    "check",
    [
        # each side relaxes to the line where the edge exists, and holds nowhere
        c.exists_iff("Edge", sp.And(P_B > CS, P_B < CS, evaluate=False), concept="edges"),
        c.exists_iff("Edge", False, concept="edges"),
        # the whole line lies in the other's region
        c.never_coexist("Edge", "Separating", concept="edges"),
        c.never_coexist("Edge", "Edge", concept="edges"),
        c.unique_iff("Edge", sp.Eq(P_B, CS), concept="edges"),
    ],
    ids=["nowhere", "never", "line in a region", "itself", "alone"],
)
def test_a_knife_edge_is_held_to_its_own_line(check):
    verdict = check.verdict(MODEL)
    assert verdict.refuted, str(verdict)
    point = verdict.counterexample
    assert point[P_B] == CS.subs(point)


def test_knife_edges_count_where_an_equilibrium_is_said_to_be_alone():
    line = Answer((record("Edge too", sp.Eq(P_B, CS)),), (EDGE,))
    alone = c.unique_iff("Edge too", sp.Eq(P_B, CS))
    assert alone.verdict(Model({(None, "free"): line})).refuted
    assert alone.verdict(Model({(None, "free"): Answer(line.generic)})).proved


def test_counterexamples_stand_up_to_plain_arithmetic():
    point = c.exists_iff("Certain Deterrence", P_B >= CS).verdict(MODEL).counterexample
    assert (point[P_B] >= CS.subs(point)) != (point[P_B] >= CH.subs(point))
    point = c.sign_of("Conflict", P_B, "decreasing", "Separating").verdict(MODEL).counterexample
    assert CS.subs(point) <= point[P_B] <= CH.subs(point) and point[P_A] > 0


def test_no_corruption_escapes():
    rows = audit(MODEL, LITERATURE)
    assert len(rows) > 80
    assert not [str(r) for r in rows if r.outcome == "escaped"]
    assert all(r.reason for r in rows if r.outcome != "refuted")
    assert sum(r.outcome == "refuted" for r in rows) > 0.7 * sum(r.outcome != "also true" for r in rows)
    assert all(r.verdict.counterexample for r in rows if r.outcome == "refuted")


def test_corruptions_of_each_sort_are_made():
    changes = {k.change for k in corrupt(LITERATURE[0], KNOWN)}
    assert any("turned round" in t for t in changes)
    assert "p_A for p_B" in changes
    assert any(t.startswith("a_CD for a_DDp") for t in changes) and any("in place 2" in t for t in changes)
    signs = {k.claim.check.direction for k in corrupt(LITERATURE[15], KNOWN)}
    assert signs == {"decreasing", "constant"}
    (same,) = corrupt(c.claim("apart", c.never_coexist("Bluff", "Attack")), KNOWN, ("Conflict",), ("Bluff",))
    assert same.change == "Bluff with itself"
    left_out = {k.change for k in corrupt(LITERATURE[9], KNOWN)}
    assert left_out == {f"{n} left out" for n in ("Certain Deterrence", "Separating", "Attack", "Bluff")}
    everywhere = c.claim("everywhere", c.always_exists())
    assert corrupt(everywhere, KNOWN) == () and "nothing in it" in why_none(everywhere)
    assert not any(why_none(k) for k in LITERATURE if k.check != c.always_exists())
    assert any(t.endswith("off by one") for t in changes)
    limited = c.claim("limited", c.never_occurs("Conflict", "Bluff", on=P_B > CH))
    kinds = {k.change: k.elsewhere for k in corrupt(limited, KNOWN, ("Conflict", "Never"), ("Bluff", "Attack"))}
    assert kinds.pop("Conflict for certain instead of never") is False
    assert len(kinds) == 4 and all(kinds.values())
    assert {"Attack instead of Bluff", "Never instead of Conflict"} < kinds.keys()
    counted = {k.change for k in corrupt(c.claim("count", c.holds(3 * P_A > 2)), KNOWN)}
    assert {"4 for 3", "3*p_A > 2 off by one"} <= counted
    assert [k.change for k in corrupt(LITERATURE[4], KNOWN)] == ["False instead of True"]
    assert [k.change for k in corrupt(LITERATURE[11], KNOWN)] == ["Conflict for certain instead of never"]
    assert [k.change for k in corrupt(c.claim("no war", c.outcome_probability("Bluff", "Never", 0)), KNOWN)] == [
        "1 instead of 0"
    ]


@dataclass(frozen=True)
class Blind:
    """A check that says yes to everything."""

    condition: object

    def verdict(self, context):
        return Verdict.proof("certified")


def test_a_check_that_cannot_fail_is_seen():
    rows = audit(MODEL, [c.claim("blind", Blind(P_B >= CS))])
    assert any(r.outcome == "escaped" for r in rows)


def test_an_unfinished_answer_decides_nothing_that_may_be_missing():
    for check in (
        c.exists_iff("Certain Deterrence", P_B >= CH, concept="unfinished"),
        c.unique_iff("Certain Deterrence", P_B >= CH, concept="unfinished"),
        c.never_occurs("Conflict", concept="unfinished"),
        c.outcome_probability("Certain Deterrence", "Conflict", 0, concept="unfinished"),
        c.sign_of("Conflict", P_A, "constant", "Certain Deterrence", concept="unfinished"),
        c.always_exists(concept="unfinished"),
    ):
        verdict = check.verdict(MODEL)
        assert verdict.undecided and "1 profile" in verdict.reason


def test_results_table_and_json():
    wrong = c.claim("folk claim", c.holds(CS > CH), expected="refuted", citation="folklore")
    surprise = c.claim("believed", c.holds(CS > CH))
    model = Model(MODEL.answers, (LITERATURE[0], wrong, surprise))
    results = c.check_claims(model)
    assert [r.as_expected for r in results] == [True, True, False]
    text = c.table(results)
    assert "2 of 3 as expected" in text and "refuted at" in text and "proved (certified)" in text
    data = json.loads(json.dumps([r.to_json() for r in results]))
    assert data[1]["expected"] == "refuted" and data[2]["as_expected"] is False
    assert pickle.loads(pickle.dumps(results)) == results
    assert c.table([]) == "0 of 0 as expected"


@pytest.mark.parametrize(
    "check",
    [
        c.holds(P_B > 2, on=P_B > 3),
        c.threshold("c_S", P_B, on=P_B > 3),
        c.always_exists("Bluff", on=P_B > 2),
        c.outcome_probability("Bluff", "Conflict", HALF, on=P_B > CH),
        c.outcome_probability("Bluff", "Conflict", HALF, on=False),
        c.never_occurs("Conflict", "Bluff", on=P_B > CH),
        c.never_occurs("Conflict", concept="nothing"),
        c.sign_of("Conflict", P_A, "increasing", "Bluff", on=P_B > CH),
        c.in_equilibrium("Nowhere", P_A > 2, concept="nothing"),
        c.never_coexist("Nowhere", "Nowhere", concept="nothing"),
        c.refinement_removes("Nowhere", P_A > P_B, concept="nothing", base_concept="nothing"),
    ],
    ids=lambda k: type(k).__name__,
)
def test_what_speaks_of_no_point_is_not_proved(check):
    nowhere = Answer((), (record("Nowhere", sp.And(P_B > CH, P_B < CS)),))
    verdict = check.verdict(Model({**MODEL.answers, ("nothing", "free"): nowhere}))
    assert verdict.undecided and "vacuous" in verdict.reason, str(verdict)


def test_a_claim_that_cannot_be_asked_hides_no_other():
    wrong = c.claim("misnamed", c.exists_iff("Certain deterence", P_B >= CH))
    unknown = c.claim("undeclared", c.exists_iff("Bluff", sp.Symbol("zz") > 0))
    power = c.claim("no polynomial", c.exists_iff("Bluff", sp.log(P_B) > 0))
    results = c.check_claims(MODEL, [wrong, LITERATURE[0], unknown, power])
    assert [r.verdict.status for r in results] == ["undecided", "proved", "undecided", "undecided"]
    assert "Did you mean 'Certain Deterrence'" in results[0].verdict.reason and "zz" in results[2].verdict.reason
    rows = c.table(results)
    assert "misnamed" in rows and "1 of 4 as expected" in rows
    assert json.loads(json.dumps(results[0].to_json()))["as_expected"] is False


def test_solving_is_not_charged_to_the_first_claim():
    class Slow(Model):
        def solve(self, concept=None, beliefs="free"):
            time.sleep(0.05)
            return super().solve(concept, beliefs)

    (result,) = c.check_claims(Slow(MODEL.answers), [LITERATURE[0]])
    assert result.solving >= 0.05 and result.to_json()["solving"] >= 0.05


def test_undecided_is_never_as_expected():
    vacuous = c.claim("vacuous", c.sign_of("Conflict", P_A, "increasing", "Bluff", on=P_B > CH))
    (result,) = c.check_claims(MODEL, [vacuous])
    assert result.verdict.undecided and "vacuous" in result.verdict.reason and not result.as_expected


def test_misuse_says_what_is_wrong():
    with pytest.raises(UnknownName, match="Certain Deterrence"):
        c.exists_iff("Certain deterence", P_B >= CH).verdict(MODEL)
    with pytest.raises(UnknownName, match="Conflict"):
        c.outcome_probability("Bluff", "War", 0).verdict(MODEL)
    with pytest.raises(ParameterError, match="independent parameter"):
        c.sign_of("Conflict", "c_S", "constant", "Bluff").verdict(MODEL)
    for of_none in (c.exists_iff, c.unique_iff, c.refinement_removes):
        with pytest.raises(ModelError, match="the name of an equilibrium"):
            of_none((), sp.false)
    with pytest.raises(ModelError, match="label"):
        c.claim("x", c.holds(CS > CH), label="guessed")
    with pytest.raises(ModelError, match="increasing"):
        c.sign_of("Conflict", P_A, "rising", "Bluff")


LEVEL_X, LEVEL_Y = sp.symbols("X Y", real=True)


def of_levels(first, second, high=1, **more):
    """A model of a game of two levels."""
    levels = {"A": {LEVEL_X: (0, high)}, "B": {LEVEL_Y: (0, high)}}
    game = ContinuousGame("Levels", levels=levels, payoffs={"A": first, "B": second}, **more)
    found = solve(game)
    return Model({(None, "free"): found}, game=game)


def test_levels_that_may_be_mixed_leave_claims_of_all_equilibria_open():
    gap = (LEVEL_X - LEVEL_Y) ** 2
    apart = ["X: 0; Y: 1", "X: 1; Y: 0"]
    assert c.always_exists().verdict(of_levels(gap, -gap)).undecided  # A mixes between 0 and 1, B is halfway
    both = of_levels(gap, gap)
    assert c.unique_iff(apart, True).verdict(both).undecided  # both mix between 0 and 1
    assert c.unique_iff(apart[0], True).verdict(both).refuted  # the other one exists too
    assert c.exists_iff(apart[0], True).verdict(both).proved and c.always_exists().verdict(both).proved
    pennies = LEVEL_X * (1 - 2 * LEVEL_Y)
    bent = LEVEL_X * (1 - LEVEL_X) * LEVEL_Y * (1 - LEVEL_Y)  # strictly concave but where Y is at a bound
    assert not nobody_mixes(of_levels(pennies + bent, -pennies - LEVEL_Y**2).game)


def test_levels_of_strictly_concave_payoffs_are_never_mixed():
    P = Parameters()
    v = P.positive("v")
    shares = [v * own / (LEVEL_X + LEVEL_Y) - own for own in (LEVEL_X, LEVEL_Y)]
    contest = of_levels(*shares, high=None, parameters=P)
    assert c.unique_iff("X: v/4; Y: v/4", True).verdict(contest).proved
    assert c.unique_iff("X: v/4; Y: v/4", v < 1).verdict(contest).refuted


def test_a_formula_that_is_not_defined_says_nothing():
    poles = {
        c.outcome_probability("Attack", "Conflict", 1 / (P_A - P_B), on=sp.Eq(P_A, P_B)),
        c.outcome_probability("Attack", "Conflict", P_A * P_B + A_SQ / (P_A - P_B), on=sp.Eq(P_A, P_B)),
        c.sign_of(P_A / (P_A - P_B), P_A, "decreasing", "Attack"),
        c.sign_of(1 / A_SQ, A_SQ, "decreasing", "Steadfast"),
    }
    for check in poles:
        verdict = check.verdict(MODEL)
        assert verdict.refuted and "is not defined" in verdict.reason
    apart = c.sign_of(P_A / (P_A - P_B), P_A, "decreasing", "Attack", on=P_A > P_B)
    assert apart.verdict(MODEL).proved


def test_everybody_does_worse_than_in_what_is_played_only_where_that_is_a_profile():
    """Two who meet: the mixture that keeps both indifferent has probabilities only if a > 0."""
    parameters = Parameters()
    a = parameters.real("a")
    ends = {
        (x, y): outcome(f"{x} {y}", A=v, B=v)
        for x, y, v in (("l", "l", a), ("r", "r", 1), ("l", "r", 0), ("r", "l", 0))
    }
    tree = move("A", "go", {x: move("B", "come", {y: ends[x, y] for y in "lr"}) for x in "lr"})
    game = ExtensiveGame("Meeting", parameters=parameters, players=["A", "B"], tree=tree)
    names = {"Right": {("A", "go"): "r"}, "Mixed": {("A", "go"): ("l", "r")}}
    model = dt.Model(title="Meeting", game=game, names=names)
    # at a < -1 the formula of the mixture would give a/(1 + a) > 1
    verdict = c.worse_for_all("Right", "Mixed", on=a < -1).verdict(model)
    assert verdict.refuted and "no profile of play" in verdict.reason
    assert c.worse_for_all("Mixed", "Right", on=a > 0).verdict(model).proved


def test_beliefs_on_which_nothing_rests_may_be_any_probability():
    """Attack is a surprise, and the Defender fights whatever it believes."""
    parameters = Parameters()
    p = parameters.probability("p")
    reply = move(
        "D", "answer", fight=outcome("War", C=-1, D=0), cede=outcome("Loss", C=dt.by_type(T=3, S=1, V=2), D=-1)
    )
    tree = move("C", "start", wait=outcome("Peace", C=0, D=1), attack=reply)
    players = {"C": dt.types(T=p / 2, S=1 - p, V=p / 2), "D": None}
    game = ExtensiveGame("Firm", parameters=parameters, players=players, tree=tree)
    model = dt.Model(title="Firm", game=game, names={"Peace": {("C", "start"): "wait"}})
    r, s = sp.symbols("r s", real=True)
    about = {r: c.believes("D", "answer", "C", "T"), s: c.believes("D", "answer", "C", "V")}

    def said(relation):
        return c.in_equilibrium("Peace", relation, where={x: about[x] for x in relation.free_symbols & set(about)})

    for true in (r >= 0, r <= 1, r + s <= 1):
        assert said(true).verdict(model).proved
    for false in (r <= HALF, sp.Eq(r, p / 2), r + s <= p, r + s > 0):
        assert said(false).verdict(model).refuted
