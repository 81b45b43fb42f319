r"""Equilibria and claims as the propositions of a paper, in LaTeX.

The text needs `amsmath` and the environments `proposition` and `claim`, as made by
``\newtheorem{proposition}{Proposition}`` and ``\newtheorem{claim}{Claim}``: a claim may have been refuted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from deterrence.claims.existence import ExistsIff, NeverCoexist, RefinementRemoves, UniqueIff
from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.expressions import as_latex
from deterrence.markup import spoken
from deterrence.profile import ProfileEquilibrium
from deterrence.regions import Region
from deterrence.regions.alike import alike
from deterrence.regions.closures import relaxed
from deterrence.regions.verdict import Verdict
from deterrence.solvers.choose import default_concept
from deterrence.views.content import Content, Strategy
from deterrence.views.forms import choices_latex
from deterrence.views.latex import displayed, escaped

__all__ = [
    "BOUNDARIES",
    "claim_latex",
    "claims_latex",
    "compares_closures",
    "proof_kind",
    "proposition_latex",
    "propositions_latex",
]

BOUNDARIES = "Claims about where equilibria exist compare conditions up to their boundaries."
"""Said once beside the verdicts of such claims."""
_CONCEPTS = {
    "perfect bayesian": "a perfect Bayesian equilibrium",
    "weak perfect bayesian": "a weak perfect Bayesian equilibrium",
    "subgame perfect": "a subgame perfect equilibrium",
    "nash": "a Nash equilibrium",
}


def proposition_latex(equilibrium: Any, concept: str = "perfect bayesian", proof: str = "") -> str:
    """One equilibrium as a proposition.

    Parameters
    ----------
    equilibrium : Equilibrium or ProfileEquilibrium
    concept : str
        Of the solution.
    proof : str
        A sentence that says how the proposition is known.
    """
    if isinstance(equilibrium, ProfileEquilibrium):
        return _form_proposition(equilibrium, concept, proof)
    c = Content(equilibrium)
    title = f"[{escaped(equilibrium.name)}]" if equilibrium.name else ""
    what = _concept(concept)
    family = "There is a family of equilibria, each of them " if equilibrium.status == "family" else "There is "
    moves = "; ".join(_move(s) for s in c.strategies)
    lines = [
        rf"\begin{{proposition}}{title}",
        f"{family}{what} in which {moves}{_free(c)}{_when(c)}",
        *_beliefs(c),
        *([proof] if proof else []),
        r"\end{proposition}",
    ]
    return "\n".join(lines)


def _form_proposition(e: ProfileEquilibrium, concept: str, proof: str) -> str:
    """An equilibrium of a game without a tree: what is chosen, as a formula, and how far it is shown."""
    title = f"[{escaped(e.name)}]" if e.name else ""
    where = (
        "for all parameters." if e.condition.formula is True else f"if and only if\n{displayed(e.condition.latex())}"
    )
    known = "" if e.how_known == "exact" else f"This is known as {escaped(e.how_known)}: {escaped(e.evidence)}."
    lines = [
        rf"\begin{{proposition}}{title}",
        f"There is {_concept(concept)} in which\n\\[ {choices_latex(e)} \\]\n{where}",
        *filter(None, (known, proof)),
        r"\end{proposition}",
    ]
    return "\n".join(lines)


def _concept(concept: str) -> str:
    return _CONCEPTS.get(concept, f"an equilibrium ({escaped(concept)})")


def propositions_latex(equilibria: Equilibria, results: Iterable[Any] = ()) -> str:
    """Every equilibrium as a proposition, those on knife-edges last.

    Parameters
    ----------
    equilibria : Equilibria
    results : iterable of ClaimResult
        What was checked of this answer.  A claim says how a proposition is known only if it is the same
        statement: about this one equilibrium alone, with the same condition, under the same concept.
        Claims compare conditions up to their boundaries, and the sentence says so where that matters.
    """
    concept = equilibria.provenance.concept or "perfect bayesian"
    results = [r for r in results if _same_question(equilibria, r) and r.verdict.proved]
    found = (*equilibria.generic, *equilibria.knife_edges)
    assumed = equilibria.assumed
    before = [] if assumed is None else [rf"\noindent Throughout, ${assumed.latex()}$."]
    return "\n\n".join([*before, *(proposition_latex(e, concept, _proof(e, found, results)) for e in found)])


def _same_question(equilibria: Equilibria, result: Any) -> bool:
    """Whether a claim says where equilibria exist, under the concept of this answer."""
    check, how = result.claim.check, equilibria.provenance
    if not isinstance(check, ExistsIff):
        return False
    return (check.concept or default_concept(equilibria.game), check.beliefs) == (how.concept, how.beliefs)


def _proof(e: Equilibrium, found: Iterable[Equilibrium], results: Iterable[Any]) -> str:
    """How the proposition of an equilibrium is known, if a claim is about exactly that."""
    for r in results:
        names = set(r.claim.check.names)
        meant = [other for other in found if names & {other.name, other.title}]
        claimed = Region(r.claim.check.condition, e.game.assumptions)
        if len(meant) == 1 and meant[0] is e and alike(e.condition, claimed).proved:
            return _said(e.condition, claimed, r.verdict)
    return ""


def _said(condition: Region, claimed: Region, verdict: Verdict) -> str:
    """The kind of proof; with a proviso unless both conditions are closed, so that up to the boundary is exactly."""
    kind = proof_kind(verdict)
    if all(relaxed(r.formula) == r.formula for r in (condition, claimed)):
        return kind
    return f"Up to its boundary, the condition is {kind[0].lower()}{kind[1:]}"


def proof_kind(verdict: Verdict) -> str:
    """How a verdict is known, as a sentence.

    Examples
    --------
    >>> proof_kind(Verdict.proof("certified"))
    'Proved, with a certificate that can be checked by hand.'
    """
    if verdict.refuted:
        point = verdict.counterexample or {}
        where = ", ".join(f"{as_latex(s)} = {as_latex(v)}" for s, v in point.items())
        return f"Refuted, at ${where}$." if where else f"Refuted: {escaped(verdict.reason)}."
    if verdict.undecided:
        return f"Undecided: {escaped(verdict.reason)}."
    kinds = {
        "certified": "with a certificate that can be checked by hand",
        "two engines": "by two independent decision procedures",
        "one engine": "by one decision procedure",
    }
    return f"Proved, {kinds[verdict.grade]}."


def claim_latex(result: Any) -> str:
    """A checked claim with its verdict."""
    cited = f"[{escaped(result.claim.citation)}]" if result.claim.citation else ""
    statement = escaped(result.claim.statement)
    end = "" if statement.endswith(".") else "."
    return "\n".join(
        [
            rf"\begin{{claim}}{cited}",
            f"{statement}{end}",
            r"\end{claim}",
            rf"\noindent\emph{{{proof_kind(result.verdict)}}}",
        ]
    )


def claims_latex(results: Iterable[Any]) -> str:
    """Every checked claim."""
    results = list(results)
    meant = [BOUNDARIES] if any(map(compares_closures, results)) else []
    return "\n\n".join([*meant, *(claim_latex(r) for r in results)])


def compares_closures(result: Any) -> bool:
    """Whether a claim is about conditions up to their boundaries."""
    return isinstance(result.claim.check, ExistsIff | UniqueIff | NeverCoexist | RefinementRemoves)


def _move(strategy: Strategy) -> str:
    """What the types of a player do at one move, as a clause."""
    at = f" at ``{escaped(spoken(strategy.label))}''"
    clauses = []
    for kind, actions in strategy.rows:
        who = f"the {escaped(kind)} {escaped(strategy.player)}" if kind else f"{escaped(strategy.player)}"
        if len(actions) == 1:
            clauses.append(f"{who} plays {_quoted(actions[0][0])}")
        else:
            mixed = " and ".join(f"{_quoted(a)} with probability ${as_latex(p)}$" for a, p in actions)
            clauses.append(f"{who} plays {mixed}")
    return " and ".join(clauses) + at


def _free(c: Content) -> str:
    """The range of free probabilities."""
    if not c.free:
        return ""
    names = ", ".join(f"${as_latex(name)}$" for name, _ in c.free)
    return f", for every {names} with ${c.free_range.latex}$" if c.free_range is not None else f", for every {names}"


def _when(c: Content) -> str:
    if c.equilibrium.condition.formula is True:
        return ", for all parameters."
    return f",\nif and only if\n{displayed(c.condition.latex)}"


def _beliefs(c: Content) -> list[str]:
    """The off-path beliefs that support it."""
    shown = []
    for belief in c.beliefs:
        if not belief.reached:
            who = f"{belief.kind} {belief.player}".strip()
            rows = ", ".join(rf"$\Pr(\text{{{escaped(name)}}}) = {as_latex(p)}$" for name, p in belief.rows)
            shown.append(f"{escaped(who)} believes {rows} at ``{escaped(spoken(belief.label))}''")
    where = f", where ${c.belief_range.latex}$" if c.open_beliefs and c.belief_range is not None else ""
    return [f"Off the path, {'; '.join(shown)}{where}."] if shown else []


def _quoted(action: str) -> str:
    return rf"\emph{{{escaped(spoken(action))}}}"
