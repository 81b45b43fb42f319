"""Certificates: what is certified is empty, what is not empty is never certified, and nothing forged passes."""

import itertools
import json
import pickle
import random
from dataclasses import replace

import flint
import pytest
import sympy as sp

from deterrence.parameters import Parameters
from deterrence.regions.certificate import Certificate, certify_empty
from deterrence.regions.formula import from_sympy
from deterrence.regions.logic import And, Literal, Or, conjunction, disjunction, holds_at, negate
from deterrence.regions.proof import Cases, Identity, alternatives, assumed_literals, conjuncts
from deterrence.regions.region import Region


def deterrence_parameters():
    """The unilateral game's parameters: five ordered payoffs of A, four of B, two probabilities."""
    P = Parameters()
    a = P.ordered("a_DDm < a_CD < a_DDp < a_SQ < a_DC")
    b = P.ordered("b_DDm < b_DC < b_DDp < b_CD")
    p = P.probability("p_A p_B")
    return P.snapshot(), a, b, p


KNOWN, (A_DDM, A_CD, A_DDP, A_SQ, A_DC), (B_DDM, B_DC, B_DDP, B_CD), (P_A, P_B) = deterrence_parameters()
CS = (A_DC - A_SQ) / (A_DC - A_CD)
CH = (A_DC - A_SQ) / (A_DC - A_DDP)
RT = (B_CD - B_DC) / (B_CD - B_DDM)
REGIONS = {
    "certain": P_B >= CH,
    "separating": sp.And(P_B >= CS, P_B <= CH),
    "attack": sp.And(P_B <= CS, P_A >= RT),
    "bluff": sp.And(P_B <= CS, P_A <= RT),
}


def formula(*conditions, known=KNOWN):
    return conjunction(*(from_sympy(c, known) for c in conditions))


def apart(left, right):
    """Where exactly one of two conditions holds."""
    one, other = formula(left), formula(right)
    return disjunction(conjunction(one, negate(other)), conjunction(other, negate(one)))


EMPTY = {
    "thresholds in order": formula(P_B > CH, P_B <= CS),
    "exclusion": formula(P_B >= CH, REGIONS["bluff"]),
    "coverage": negate(disjunction(*(formula(r) for r in REGIONS.values()))),
    "cleared threshold": apart(P_B >= CS, P_B * (A_DC - A_CD) >= A_DC - A_SQ),
    "negated threshold": apart(P_B < CH, (1 - P_B) * A_DC + P_B * A_DDP > A_SQ),
    "mixing in the unit interval": formula(P_B < CS, sp.Or((CS - P_B) / (1 - P_B) <= 0, (CS - P_B) / (1 - P_B) >= 1)),
    "monotone": formula((1 - P_B) * A_DC + P_B * A_CD >= A_SQ, (1 - P_B) * A_DC + P_B * A_DDP < A_SQ),
    "products of priors": formula(P_A * P_B >= RT, P_A < RT),
}


@pytest.mark.parametrize("name", EMPTY)
def test_questions_of_deterrence_games_are_certified(name):
    certificate = certify_empty(EMPTY[name], KNOWN)
    assert certificate is not None
    assert certificate.check()
    copy = pickle.loads(pickle.dumps(certificate))
    assert copy == certificate and copy.check()
    assert EMPTY[name] is False or "yet the left side is positive" in str(certificate)
    assert json.dumps(certificate.to_json())


@pytest.mark.parametrize(
    "condition",
    [
        sp.And(P_B >= CS, P_B <= CS),
        sp.And(P_B > CS, P_B < CH),
        sp.And(P_A * P_B >= RT, RT + sp.Rational(1, 100) > P_B),
        sp.Ne(P_A, P_B),
        sp.And(sp.Eq(P_A, P_B), sp.Rational(99, 100) < P_A**2),
    ],
)
def test_what_can_hold_is_not_certified(condition):
    assert certify_empty(formula(condition), KNOWN) is None


def test_a_gap_in_a_coverage_is_not_certified():
    weaker = dict(REGIONS, bluff=sp.And(P_B <= CS, P_A < RT), attack=sp.And(P_B <= CS, P_A > RT))
    assert certify_empty(negate(disjunction(*(formula(r) for r in weaker.values()))), KNOWN) is None


def test_true_is_certified_only_under_contradictory_assumptions():
    P = Parameters()
    x, y = P.real("x y")
    assert certify_empty(True, P.snapshot()) is None
    P.assume(x > y, y > x + 1)
    certificate = certify_empty(True, P.snapshot())
    assert certificate is not None and certificate.check()
    assert certify_empty(False, P.snapshot()).check()


def test_squares_and_equations():
    P = Parameters()
    h, c = P.positive("h c")
    x = P.probability("x")
    known = P.snapshot()
    for condition in (
        sp.And(sp.Eq(h * x * (1 - x), c), h < 4 * c),
        sp.And(h >= c, (h + c) ** 2 < 4 * h * c),
        sp.And(sp.Eq(h, c), sp.Ne(h**2, c**2)),
        sp.And(sp.Ne(h, c), sp.Eq((h - c) * (h + 2 * c), 0)),
    ):
        certificate = certify_empty(formula(condition, known=known), known)
        assert certificate is not None and certificate.check(), condition


def test_free_parameters_are_divided_by_sign():
    P = Parameters()
    u, v, w = P.real("u v w")
    known = P.snapshot()
    condition = sp.And(u * v > 0, v * w > 0, u * w < 0)
    certificate = certify_empty(formula(condition, known=known), known)
    assert certificate is not None and certificate.check()


def test_the_proof_can_be_checked_by_another_algebra_system():
    certificate = certify_empty(EMPTY["exclusion"], KNOWN)
    for step in certificate.steps:
        if isinstance(step, Identity):
            *facts, last = step.lines()
            table = {sp.Symbol(f.split(" = ")[0]): sp.sympify(f.split(" = ")[1].split(" >")[0]) for f in facts}
            identity = sp.sympify(last.split(" = 0")[0])
            assert sp.expand(identity.subs(table)) == 0


# -- forgeries ---------------------------------------------------------------------------------


def forgeries(certificate):
    """Certificates that differ from a sound one in one place."""
    for k, step in enumerate(certificate.steps):
        for forged in forged_steps(step, len(certificate.steps)):
            yield replace(certificate, steps=(*certificate.steps[:k], forged, *certificate.steps[k + 1 :]))
    if len(certificate.steps) > 1:
        yield replace(certificate, steps=certificate.steps[:-1])
    yield replace(certificate, steps=())
    yield replace(certificate, formula=True)
    yield replace(certificate, formula=formula(P_A > P_B))


def forged_steps(step, count):
    if isinstance(step, Cases):
        yield replace(step, steps=step.steps[:-1])
        yield replace(step, steps=(*step.steps[:-1], count))
        yield replace(step, of=Or(step.of.parts[:-1]))
        return
    exponents, coefficient = step.terms[0]
    yield replace(step, terms=((exponents, coefficient + 1), *step.terms[1:]))
    yield replace(step, terms=((exponents, -coefficient), *step.terms[1:]))
    yield replace(step, terms=step.terms[1:])
    yield replace(step, terms=())
    yield replace(step, terms=tuple((e, flint.fmpq(0)) for e, _ in step.terms))
    for side in ("assumptions", "hypotheses"):
        facts = getattr(step, side)
        for k, fact in enumerate(facts):
            for other in (Literal(fact.op, fact.poly + 1), Literal(fact.op, -fact.poly)):
                yield replace(step, **{side: (*facts[:k], other, *facts[k + 1 :])})
    hidden = tuple(Literal(">", -f.poly) for f in step.hypotheses)
    yield replace(step, assumptions=step.assumptions + hidden)


@pytest.mark.parametrize("name", [n for n, f in EMPTY.items() if f is not False])
def test_no_forgery_passes(name):
    certificate = certify_empty(EMPTY[name], KNOWN)
    tampered = list(forgeries(certificate))
    assert len(tampered) > 5
    assert not [t for t in tampered if t.check()]


def test_a_weak_contradiction_is_none():
    x = sp.Symbol("x", real=True)
    P = Parameters()
    P.real("x")
    known = P.snapshot()
    f = known.ring.from_sympy(x)
    weak = (Literal(">=", f), Literal(">=", -f))
    step = Identity(known.ring, (), weak, (), (((1, 0), flint.fmpq(1)), ((0, 1), flint.fmpq(1))))
    assert step.total() == 0
    assert not Certificate(conjunction(*weak), known, (step,)).check()


def test_alternatives_are_exhaustive():
    ring = KNOWN.ring
    f, g = ring.from_sympy(P_A - P_B), ring.from_sympy(P_A - 2 * P_B)
    rng = random.Random(1)
    for op in (">", ">=", "=="):
        product = Literal(op, f * g)
        options = alternatives(product, f)
        assert options and not alternatives(product, f + 1)
        for _ in range(50):
            point = [flint.fmpq(rng.randint(0, 4), 4) for _ in ring.symbols]
            assert holds_at(product, point) == any(holds_at(o, point) for o in options)
    assert alternatives(And([]), None) == () and alternatives(Literal("!=", f * g), f) == ()


# -- fuzz --------------------------------------------------------------------------------------


def random_world(rng):
    """Assumptions over four symbols of mixed kinds."""
    P = Parameters()
    kind = rng.randrange(5)
    if kind == 0:
        symbols = (*P.ordered("a < b < c"), P.probability("p"))
    elif kind == 1:
        symbols = P.positive("a b") + P.real("x y")
    elif kind == 2:
        symbols = P.distribution("p q r")[:2] + P.ordered("0 <= s <= t < 1")
    elif kind == 3:
        symbols = (*P.ordered("a < b"), *sp.symbols("m n k", real=True))
        return P.snapshot().extend(closed=[symbols[2:4], symbols[4:]]), symbols
    else:
        symbols = P.real("x y") + P.probability("p q")
        P.assume(symbols[2] >= symbols[3])
    return P.snapshot(), symbols


def random_formula(rng, known, symbols, most=5):
    def polynomial():
        terms = [rng.randint(-2, 2) * sp.Mul(*rng.choices([*symbols, 1, 1], k=rng.randint(1, 2))) for _ in range(3)]
        return sp.Add(*terms)

    def literal():
        relation = rng.choice([sp.Gt, sp.Ge, sp.Lt, sp.Le, sp.Eq, sp.Ne])(polynomial(), polynomial())
        return from_sympy(relation, known)

    clauses = [disjunction(*(literal() for _ in range(rng.randint(1, 2)))) for _ in range(rng.randint(2, most))]
    return conjunction(*clauses)


def sampled_model(rng, question, known, symbols, tries=150):
    everything = conjunction(*assumed_literals(known), question)
    for _ in range(tries):
        small = [flint.fmpq(rng.randint(-6, 8), rng.choice([1, 2, 3, 4, 8])) for _ in known.ring.symbols]
        if rng.random() < 0.7:
            small = sorted(abs(v) / 9 for v in small)
        if holds_at(everything, small):
            return small
    return None


def engine_says_sat(question, known):
    """Whether z3 has a model, asked independently through SMT-LIB text."""
    import z3

    names = {s: f"v{k}" for k, s in enumerate(known.ring.symbols)}
    variables = {n: z3.Real(n) for n in names.values()}

    def smt(f):
        if isinstance(f, bool):
            return z3.BoolVal(f)
        if isinstance(f, Literal):
            value = sum(
                z3.Q(int(c.p), int(c.q)) * z3.Product(*[variables[f"v{k}"] ** int(e) for k, e in enumerate(m) if e], 1)
                for m, c in f.poly.to_dict().items()
            )
            return {">": value > 0, ">=": value >= 0, "==": value == 0, "!=": value != 0}[f.op]
        return (z3.And if isinstance(f, And) else z3.Or)(*map(smt, f.parts))

    solver = z3.Solver()
    solver.set("timeout", 1000)
    solver.add(smt(conjunction(*assumed_literals(known), question)))
    return str(solver.check())


@pytest.mark.parametrize("seed", range(60))
def test_random_formulas_that_can_hold_are_never_certified(seed):
    rng = random.Random(seed)
    known, symbols = random_world(rng)
    question = random_formula(rng, known, symbols, most=3 + seed % 6)
    certificate = certify_empty(question, known, 0.5)
    if certificate is not None:
        assert certificate.check()
        assert sampled_model(rng, question, known, symbols) is None
        assert engine_says_sat(question, known) != "sat"


def test_random_contradictions_are_mostly_certified():
    found = asked = 0
    for seed in range(200, 260):
        rng = random.Random(seed)
        known, symbols = random_world(rng)
        question = random_formula(rng, known, symbols, most=9)
        if question is not False and engine_says_sat(question, known) == "unsat":
            asked += 1
            found += certify_empty(question, known, 5.0) is not None
    assert asked >= 10 and found >= 0.8 * asked, (found, asked)


def test_a_small_budget_ends_without_a_proof_or_with_one_that_holds():
    P = Parameters()
    symbols = P.real(" ".join(f"x{k}" for k in range(10)))
    known = P.snapshot()
    shifted = zip(symbols, symbols[1:] + symbols[:1], symbols[2:] + symbols[:2], strict=True)
    cycle = [s**2 * t < t * s + u - 1 for s, t, u in shifted]
    either = [sp.Or(s > t**3, s < t**2 - 1) for s, t in itertools.permutations(symbols, 2)]
    question = formula(*cycle, *either, known=known)
    for budget in (0.05, 0.3):
        found = certify_empty(question, known, budget)
        assert found is None or found.check()


def test_conjuncts():
    f = formula(P_A > P_B, P_A < RT)
    assert conjuncts(True) == frozenset() and len(conjuncts(f)) == 2 and conjuncts(False) == {False}


def test_what_signs_of_coefficients_show_comes_with_a_certificate_of_what_was_typed():
    willing = (A_DC - A_SQ) / (A_DC - A_CD)
    for statement in (willing < 1, willing > 0, willing < (A_DC - A_SQ) / (A_DC - A_DDP)):
        verdict = Region(True, KNOWN).implies(Region(statement, KNOWN))
        assert verdict.grade == "certified"
        assert verdict.certificates and all(proof.check() for proof in verdict.certificates)


def test_a_proof_without_a_certificate_says_what_was_read():
    folded = Region(Literal(">=", KNOWN.ring.from_sympy(A_CD - A_DC)), KNOWN) & Region(P_A > P_B, KNOWN)
    assert folded.is_empty().certificates
    both = Region(P_A > P_B, KNOWN)
    assert (both & ~both).is_empty().reason == "contradictory as it stands, whatever the parameters are"
    never = Region(False, KNOWN)
    assert never.is_empty().reason == "contradictory as it stands, whatever the parameters are"
