"""An answer as plain data and back: strategies, beliefs, conditions, counts and provenance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sympy as sp

from deterrence.assessments import Assessment, History
from deterrence.equilibria import STATUSES, Equilibria, Equilibrium, Provenance, Undecided
from deterrence.errors import ModelError
from deterrence.games import ExtensiveGame
from deterrence.notation import parse, write
from deterrence.parameters import Assumptions
from deterrence.polynomials import Ring
from deterrence.regions import Region
from deterrence.regions.logic import And, Formula, Literal, conjunction, disjunction
from deterrence.regions.trust import Taken
from deterrence.storage.games import assumptions_data, read_assumptions

__all__ = ["answer_data", "read_answer"]

_SIGNS = (">", ">=", "==", "!=")


def answer_data(equilibria: Equilibria) -> dict[str, Any]:
    """Everything but the game."""
    scopes = _Scopes([equilibria.game.assumptions])
    generic = [_equilibrium_data(e, scopes) for e in equilibria.generic]
    edges = [_equilibrium_data(e, scopes) for e in equilibria.knife_edges]
    how = equilibria.provenance
    return {
        "scopes": [assumptions_data(scope) for scope in scopes.known[1:]],
        "generic": generic,
        "knife_edges": edges,
        "undecided": [{"supports": [[list(s), list(a)] for s, a in u.supports], "reason": u.reason}
                      for u in equilibria.undecided],
        "counts": dict(equilibria.counts),
        "assumed": None if equilibria.assumed is None else _region_data(equilibria.assumed, scopes),
        "provenance": {**vars(how), "versions": [list(pair) for pair in how.versions]},
    }  # fmt: skip


def read_answer(data: Mapping[str, Any], game: ExtensiveGame) -> Equilibria:
    """What `answer_data` gave, about that game."""
    scopes = [game.assumptions, *(read_assumptions(scope) for scope in data["scopes"])]
    undecided = (
        Undecided(tuple((tuple(s), tuple(a)) for s, a in u["supports"]), str(u["reason"])) for u in data["undecided"]
    )
    how = {**data["provenance"], "versions": tuple((str(n), str(v)) for n, v in data["provenance"]["versions"])}
    return Equilibria(
        game,
        tuple(_read_equilibrium(e, game, scopes) for e in data["generic"]),
        tuple(_read_equilibrium(e, game, scopes) for e in data["knife_edges"]),
        tuple(undecided),
        {str(k): int(v) for k, v in data["counts"].items()},
        Provenance(**how),
        _read_region(data["assumed"], scopes) if data.get("assumed") else None,
    )


class _Scopes:
    """The different assumptions of the regions, each once; the game's come first."""

    def __init__(self, known: list[Assumptions]) -> None:
        self.known = known

    def index(self, scope: Assumptions) -> int:
        """The place of these assumptions, which are added if they are new."""
        if scope not in self.known:
            self.known.append(scope)
        return self.known.index(scope)


# -- equilibria -------------------------------------------------------------------------------------


def _equilibrium_data(e: Equilibrium, scopes: _Scopes) -> dict[str, Any]:
    a = e.assessment
    used = {s for table in (a.strategy, a.weights) for row in table.values() for x in row.values()
            for s in sp.sympify(x).free_symbols}  # fmt: skip
    return {
        "name": e.name,
        "status": e.status,
        "condition": _region_data(e.condition, scopes),
        "system": _region_data(e.system, scopes),
        "free_range": _region_data(e.free_range, scopes) if e.range_known else None,
        "symbols": sorted(s.name for s in {*used, *a.free, *a.free_beliefs, *a.point} if s not in e.game.assumptions),
        "point": [[s.name, write(v)] for s, v in a.point.items()],
        "free": [s.name for s in a.free],
        "free_beliefs": [s.name for s in a.free_beliefs],
        "strategy": [[list(s), [[action, write(p)] for action, p in row.items()]] for s, row in a.strategy.items()],
        "weights": [
            [list(s), [[n.position, list(n.types), write(w)] for n, w in row.items()]] for s, row in a.weights.items()
        ],
    }


def _read_equilibrium(data: Mapping[str, Any], game: ExtensiveGame, scopes: list[Assumptions]) -> Equilibrium:
    declared = {p.name: p.symbol for p in game.assumptions.parameters}
    symbols = {**{str(name): sp.Symbol(name, real=True) for name in data["symbols"]}, **declared}
    strategy = {tuple(s): {a: parse(p, symbols) for a, p in row} for s, row in data["strategy"]}
    weights = {
        tuple(s): {History(int(v), tuple(types)): parse(w, symbols) for v, types, w in row}
        for s, row in data["weights"]
    }
    if set(strategy) != set(game.information_sets) or data["status"] not in STATUSES:
        raise ModelError(subject="stored equilibrium", wanted="a strategy for the game", got="one for another game")
    free, free_beliefs = _named(data["free"], symbols), _named(data["free_beliefs"], symbols)
    point = {symbols[name]: parse(value, {}) for name, value in data["point"]}
    assessment = Assessment(game, strategy, weights, free, free_beliefs, point)
    condition, system = (_read_region(data[key], scopes) for key in ("condition", "system"))
    read = Equilibrium(game, assessment, condition, system, str(data["status"]), str(data["name"]))
    stored = data.get("free_range")
    return read if stored is None else read.with_range(_read_region(stored, scopes))


def _named(names: Iterable[str], symbols: Mapping[str, sp.Symbol]) -> tuple[sp.Symbol, ...]:
    return tuple(symbols[name] for name in names)


# -- regions ----------------------------------------------------------------------------------------


def _region_data(region: Region, scopes: _Scopes) -> dict[str, Any]:
    return {
        "scope": scopes.index(region.assumptions),
        "formula": _formula_data(region.formula, region.assumptions.ring),
        "pending": [s.name for s in region.pending],
        "taken": [
            {"scope": scopes.index(t.assumptions), "formula": _formula_data(t.formula, t.assumptions.ring)}
            for t in region.taken
        ],
    }


def _read_region(data: Mapping[str, Any], scopes: list[Assumptions]) -> Region:
    scope = scopes[data["scope"]]
    taken = (Taken(_read_formula(t["formula"], scopes[t["scope"]].ring), scopes[t["scope"]]) for t in data["taken"])
    formula = _read_formula(data["formula"], scope.ring)
    return Region(formula, scope, exists=[scope.resolve(s) for s in data["pending"]], taken=taken)


def _formula_data(formula: Formula, ring: Ring) -> Any:
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Literal):
        return [formula.op, write(ring.to_sympy(formula.poly))]
    return {"and" if isinstance(formula, And) else "or": [_formula_data(part, ring) for part in formula.parts]}


def _read_formula(data: Any, ring: Ring) -> Formula:
    if isinstance(data, bool):
        return data
    if isinstance(data, list):
        op, text = data
        if op not in _SIGNS:
            raise ModelError(subject="stored condition", wanted=f"one of {', '.join(_SIGNS)}", got=str(op))
        return Literal(op, ring.from_sympy(parse(text, {s.name: s for s in ring.symbols})))
    ((word, parts),) = data.items()
    join = {"and": conjunction, "or": disjunction}[word]
    return join(*(_read_formula(part, ring) for part in parts))
