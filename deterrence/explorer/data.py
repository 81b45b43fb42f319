"""What the page knows of a game and its equilibria, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.explorer.compile import Compiler
from deterrence.explorer.groups import ways
from deterrence.explorer.sliders import sliders
from deterrence.expressions import about, as_text
from deterrence.games import Chance, ExtensiveGame, Move
from deterrence.progress import Report
from deterrence.views.axes import map_axes
from deterrence.views.content import Content, headline

__all__ = ["page_data"]

Data = Any  # what JSON can hold


def page_data(
    eqs: Equilibria,
    *,
    title: str = "",
    citation: str = "",
    story: str = "",
    picture: tuple[Any, Any] | None = None,
    progress: Report | None = None,
) -> dict[str, Data]:
    """All that the page computes with and shows; its map begins with the axes of `picture`, or the usual ones.

    Equilibria whose condition still has quantified symbols are named under ``left_out``.
    """
    game = eqs.game
    shown = [e for e in (*eqs.generic, *eqs.knife_edges) if not e.condition.pending]
    free = tuple(dict.fromkeys(s for e in shown for s in e.free))
    work = Compiler(game.assumptions.ring.extend(free), game.assumptions)
    grouped = ways(eqs, shown)
    parameters = sliders(game.assumptions)
    data = {
        "title": title or game.name,
        "citation": citation,
        "story": " ".join(story.split()),
        "headline": headline(eqs),
        "conditions": eqs.provenance.conditions,
        "left_out": [e.title for e in (*eqs.generic, *eqs.knife_edges) if e.condition.pending],
        "undecided": len(eqs.undecided),
        "parameters": parameters,
        "axes": _axes(eqs, picture, [p["name"] for p in parameters]),
        "relations": [work.relation(r) for r in game.assumptions.relations],
        "defined": [[s.name, game.assumptions[s].description, work.value(e)] for s, e in game.assumptions.definitions],
        "free": [str(s.name) for s in free],
        "outcomes": list(game.outcomes),
        "groups": grouped[0]["groups"],
        "ways": grouped,
        "equilibria": _equilibria(work, shown, grouped[0]["members"], progress),
        "game": _game(work, game),
    }
    return {**data, "polynomials": work.polynomials, "atoms": work.atoms, "values": work.values}


def _axes(eqs: Equilibria, picture: tuple[Any, Any] | None, names: list[str]) -> list[int]:
    """The places of the axes among the parameters; none for one that is a named sum."""
    return [names.index(s.name) for s in map_axes(eqs, picture) or () if s.name in names]


def _equilibria(
    work: Compiler, shown: Sequence[Equilibrium], members: Sequence[int], progress: Report | None
) -> list[Data]:
    made: list[Data] = []
    for e, group in zip(shown, members, strict=True):
        if progress is not None:
            progress(len(made), len(shown))
        made.append(_equilibrium(work, e, group))
    return made


def _equilibrium(work: Compiler, e: Equilibrium, group: int) -> dict[str, Data]:
    content = Content(e)

    def value(expr: Any) -> int:
        return work.value(expr, as_text(content.shown(expr)))

    where = about(e.free_range, e.free, {}) if e.free else None
    data: dict[str, Data] = {
        "title": e.title,
        "name": e.name,
        "status": e.status,
        "group": group,
        "condition": work.formula(e.condition),
        "outcomes": [value(e.outcomes[o]) for o in e.game.outcomes],
        "strategy": [[value(p) for p in e.strategy[s].values()] for s in e.game.information_sets],
    }
    if e.free:
        short = {s: content.short[s] for s in e.free}
        matters = {s for p in e.outcomes.values() for s in p.free_symbols}
        data["free"] = [[work.ring.index[s], str(short[s].name), str(s.name), s in matters] for s in e.free]
        data["unsettled"] = where is not None and bool(where.region.pending)
        data["range"] = True if where is None or data["unsettled"] else work.formula(where.region, e.free, short)
    return data


def _game(work: Compiler, game: ExtensiveGame) -> dict[str, Data]:
    """The tree as written, information sets, types and their probabilities."""
    sets = [(s[0], s[1] if len(s) == 3 else None, s[-1]) for s in game.information_sets]
    place = {s: k for k, s in enumerate(sets)}
    return {
        "players": [[p, list(game.types[p])] for p in game.players],
        "profiles": [[list(types), work.value(p)] for types, p in game.prior.items()],
        "sets": [[*s, list(game.labels[s[0], s[2]].actions)] for s in sets],
        "nodes": [_node(work, game, p, place) for p in game.positions],
    }


def _node(work: Compiler, game: ExtensiveGame, position: Any, place: dict[Any, int]) -> dict[str, Data]:
    last = position.path[-1] if position.path else None
    data: dict[str, Data] = {"parent": last.position if last else -1, "by": last.action if last else ""}
    node = position.node
    if isinstance(node, Move):
        own = {k or "": place[node.player, k, node.label] for k in game.types[node.player]}
        return {**data, "kind": "move", "player": node.player, "label": node.label, "sets": own}
    if isinstance(node, Chance):
        return {
            **data,
            "kind": "chance",
            "label": node.label,
            "events": {e: work.value(p) for e, p, _ in node.branches},
        }
    payoffs = [[work.value(game.payoff(position.index, p, t)) for t in game.prior] for p in game.players]
    return {**data, "kind": "outcome", "label": node.name, "payoffs": payoffs}
