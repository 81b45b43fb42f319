"""Small records as HTML for notebooks: models, parameters, claims, verdicts, verifications, derivations."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from deterrence.derivation import history_words
from deterrence.expressions import as_text
from deterrence.markup import lines, math, spoken, table
from deterrence.parameters import Assumptions, Parameter
from deterrence.regions.verdict import Verdict, point_text
from deterrence.views.assumed import chains_text, domain_text

if TYPE_CHECKING:
    from deterrence.claims import Claim, ClaimResult
    from deterrence.derivation import Step
    from deterrence.model import Model
    from deterrence.solvers.verify import Verification

__all__ = [
    "claim_html",
    "derivation_html",
    "model_html",
    "parameters_html",
    "results_html",
    "verdict_html",
    "verification_html",
]


def parameters_html(known: Assumptions) -> str:
    """Each parameter with its meaning, and what is assumed."""
    rows = [
        (math(p.name), escape(p.description), _domain(known, p), "" if p.sample is None else escape(str(p.sample)))
        for p in known.parameters
    ]
    chains = ", ".join(math(chain) for chain in chains_text(known))
    defined = "".join(f"<p>{math(s.name)} = {math(as_text(e))}</p>" for s, e in known.definitions)
    below = f"<p>Assumed: {chains}.</p>" if chains else ""
    return table(("Parameter", "Meaning", "Domain", "Sample"), rows) + defined + below


def _domain(known: Assumptions, parameter: Parameter) -> str:
    text = domain_text(known, parameter)
    return escape(text) if text == parameter.domain else math(text)


def model_html(model: Model) -> str:
    """Where a model comes from, what happens in it, and what is known of it."""
    facts = [("Game", repr(model.game)[1:-1]), ("Source", model.citation), ("Strand", model.strand)]
    facts += [("Named equilibria", ", ".join(model.names)), ("Claims", str(len(model.claims) or ""))]
    rows = [(f"<b>{name}</b>", escape(value)) for name, value in facts if value]
    story = f"<p>{escape(model.story)}</p>" if model.story else ""
    return table(("", ""), rows, model.title) + story + parameters_html(model.game.assumptions)


def claim_html(claim: Claim) -> str:
    """What is claimed, by whom, and what is expected."""
    heads = ("Claim", "Source", "Kind", "Expected")
    return table(heads, [tuple(map(escape, (claim.statement, claim.citation, claim.label, claim.expected)))])


def results_html(results: Iterable[ClaimResult]) -> str:
    """Claims with their verdicts, one row each."""
    results = list(results)
    rows = [
        (_mark(r.as_expected), *map(escape, (r.claim.statement, r.claim.citation, r.claim.label, str(r.verdict))))
        for r in results
    ]
    good = sum(r.as_expected for r in results)
    return table(("", "Claim", "Source", "Kind", "Verdict"), rows, f"{good} of {len(rows)} as expected")


def _mark(good: bool) -> str:
    return "ok" if good else "<b>not as expected</b>"


def verdict_html(verdict: Verdict, caption: str = "") -> str:
    """What is known, how, and at which point it fails."""
    facts = [("Verdict", verdict.status), ("Rests on", verdict.grade)]
    if verdict.counterexample is not None:
        facts.append(("Fails at", point_text(verdict.counterexample)))
    facts += [("Reason", verdict.reason), ("Tried", ", ".join(verdict.tried)), ("Seconds", f"{verdict.seconds:.2f}")]
    return table(("", ""), [(f"<b>{name}</b>", escape(value)) for name, value in facts if value], caption)


def verification_html(verification: Verification) -> str:
    """Whether a profile is an equilibrium, where, and which deviations gain how much."""
    rows = [
        (lines([", ".join(map(str, d.information_set))]), escape(spoken(d.action)), escape(spoken(d.instead)),
         math(as_text(d.gain)))
        for d in verification.deviations
    ]  # fmt: skip
    where = f"<p>An equilibrium where {math(str(verification.region))}.</p>"
    pays = table(("Information set", "Deviation", "In place of", "Gain"), rows, "Deviations") if rows else ""
    return verdict_html(verification.verdict, "Is the profile an equilibrium?") + where + pays


def derivation_html(steps: Iterable[Step]) -> str:
    """One row an information set: what is believed, what each action is worth, what follows."""
    rows = []
    for step in steps:
        where = ", ".join(map(str, step.information_set)) + ("" if step.reached else " (off the path)")
        worth = [f"{escape(spoken(a))}: {math(as_text(v))}" for a, v in step.worth.items()]
        compared = [_comparison(c) for c in step.comparisons]
        rows.append((escape(where), "<br>".join(_believed(step)), "<br>".join(worth), "<br>".join(compared)))
    return table(("Information set", "Believes", "Worth of each action", "So that"), rows)


def _believed(step: Step) -> list[str]:
    if len(step.beliefs) < 2:
        return []
    return [f"{escape(history_words(h))}: {math(as_text(p))}" for h, p in step.beliefs.items()]


def _comparison(c: Any) -> str:
    action, played = escape(spoken(c.action)), escape(spoken(c.played))
    if c.indifferent:
        return f"indifferent between {action} and {played}: {math(f'{as_text(c.equation)} = 0')}"
    return f"{action} gains at most nothing over {played} iff {math(str(c.condition))}"
