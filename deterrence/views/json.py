"""Equilibria as plain data for other programs.

Numbers and expressions are texts that `deterrence.notation` reads back exactly; conditions stand
as text and as nested relations, ``{"and": [{"left": ..., "op": ">=", "right": ...}, ...]}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.expressions import presented, with_symbols
from deterrence.notation import write
from deterrence.regions import Region
from deterrence.regions.logic import And, Formula, Literal
from deterrence.regions.present import Atom, atoms

__all__ = ["equilibria_json", "equilibrium_json", "region_json"]


def equilibria_json(equilibria: Equilibria) -> dict[str, Any]:
    """The whole answer."""
    how = equilibria.provenance
    return {
        "game": equilibria.game.name,
        "concept": how.concept,
        "beliefs": how.beliefs,
        "complete": equilibria.complete,
        "assumptions": list(equilibria.assumptions),
        "equilibria": [equilibrium_json(e) for e in equilibria.generic],
        "knife_edges": [equilibrium_json(e) for e in equilibria.knife_edges],
        "undecided": [
            {"supports": [{"set": list(s), "actions": list(a)} for s, a in u.supports], "reason": u.reason}
            for u in equilibria.undecided
        ],
        "counts": dict(equilibria.counts),
        "provenance": {
            "conditions": how.conditions,
            "method": how.method,
            "seconds": how.seconds,
            "versions": dict(how.versions),
        },
    }


def equilibrium_json(equilibrium: Equilibrium) -> dict[str, Any]:
    """One equilibrium."""
    e = equilibrium
    open_ = {s for row in e.beliefs.values() for x in row.values() for s in sp.sympify(x).free_symbols}
    scope = with_symbols(e.system.assumptions, sorted(open_, key=str))

    def shown(expr: Any) -> str:
        expr = sp.sympify(expr)
        declared = all(s in e.game.assumptions for s in expr.free_symbols)
        return write(presented(expr, e.game.assumptions if declared else scope))

    return {
        "name": e.name,
        "title": e.title,
        "status": e.status,
        "how_known": e.how_known,
        "condition": region_json(e.condition),
        "strategy": [{**_set(s), "actions": {a: shown(p) for a, p in row.items()}} for s, row in e.strategy.items()],
        "kinds": [{"player": player, "label": label, "kind": kind} for (player, label), kind in e.kind.items()],
        "beliefs": [
            {**_set(s), "histories": [_history(e, n, shown(p)) for n, p in row.items()]} for s, row in e.beliefs.items()
        ],
        "outcomes": {name: shown(p) for name, p in e.outcomes.items()},
        "payoffs": [_payoff(key, write(value)) for key, value in e.payoffs.items()],
        "free": [s.name for s in e.free],
        "free_beliefs": [s.name for s in e.free_beliefs],
        "free_range": region_json(e.free_range) if e.free else None,
    }


def region_json(region: Region) -> dict[str, Any]:
    """A condition as text, LaTeX and nested relations."""
    return {
        "text": region.text(),
        "latex": region.latex(),
        "relations": _relations(region.formula, atoms(region)),
        "quantified": [s.name for s in region.pending],
    }


def _relations(formula: Formula, shown: Mapping[Literal, Atom]) -> Any:
    """Nested relations; true and false stand for a condition that always or never holds."""
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Literal):
        atom = shown[formula]
        return {"left": write(atom.left), "op": atom.op, "right": write(atom.right)}
    return {"and" if isinstance(formula, And) else "or": [_relations(part, shown) for part in formula.parts]}


def _set(s: tuple[str, ...]) -> dict[str, Any]:
    return {"player": s[0], "type": s[1] if len(s) == 3 else None, "label": s[-1]}


def _history(equilibrium: Equilibrium, node: Any, probability: str) -> dict[str, Any]:
    """One history of an information set: who is what, what was done, how likely."""
    path = equilibrium.game.positions[node.position].path
    return {
        "position": node.position,
        "path": [{"player": step.player, "label": step.label, "action": step.action} for step in path],
        "types": {p: t for p, t in zip(equilibrium.game.players, node.types, strict=True) if t is not None},
        "probability": probability,
    }


def _payoff(key: Any, value: str) -> dict[str, Any]:
    player, kind = key if isinstance(key, tuple) else (key, None)
    return {"player": player, "type": kind, "payoff": value}
