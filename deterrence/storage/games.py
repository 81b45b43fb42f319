"""A game, its parameters and assumptions as plain data and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from deterrence.games import ByType, Chance, ExtensiveGame, Move, Node, Outcome, Types
from deterrence.games.strategic import StrategicGame
from deterrence.games.tree import flat, unflat
from deterrence.notation import parse, parse_condition, write, write_condition
from deterrence.numbers import exact_number
from deterrence.parameters import Assumptions, Parameter

__all__ = ["assumptions_data", "game_data", "read_assumptions", "read_game"]

Symbols = Mapping[str, sp.Symbol]


def assumptions_data(assumptions: Assumptions) -> dict[str, Any]:
    """Parameters and what is known of them."""
    return {
        "parameters": [
            {
                "name": p.name,
                "kind": p.kind,
                "description": p.description,
                "sample": None if p.sample is None else str(p.sample),
            }
            for p in assumptions.parameters
        ],
        "relations": [write_condition(r) for r in assumptions.relations],
        "simplices": [[s.name for s in group] for group in assumptions.simplices],
        "closed": [[s.name for s in group] for group in assumptions.closed],
        "definitions": [[s.name, write(e)] for s, e in assumptions.definitions],
    }


def read_assumptions(data: Mapping[str, Any]) -> Assumptions:
    """What `assumptions_data` gave."""
    symbols = {str(p["name"]): sp.Symbol(p["name"], real=True) for p in data["parameters"]}

    def groups(rows: Any) -> tuple[tuple[sp.Symbol, ...], ...]:
        return tuple(tuple(symbols[name] for name in row) for row in rows)

    parameters = tuple(
        Parameter(
            symbols[p["name"]],
            str(p["kind"]),
            str(p["description"]),
            None if p["sample"] is None else exact_number(p["sample"]),
        )
        for p in data["parameters"]
    )
    relations = tuple(parse_condition(text, symbols) for text in data["relations"])
    definitions = tuple((symbols[name], parse(text, symbols)) for name, text in data["definitions"])
    return Assumptions(parameters, relations, groups(data["simplices"]), groups(data["closed"]), definitions)


def game_data(game: ExtensiveGame) -> dict[str, Any]:
    """Everything that makes a game."""
    if isinstance(game, StrategicGame):
        return _table_data(game)
    joint = not game.type_probabilities and len(game.profiles) > 1
    return {
        "name": game.name,
        "assumptions": assumptions_data(game.assumptions),
        "players": [[player, _types_data(game, player)] for player in game.players],
        "prior": [[[t for t in profile if t is not None], write(p)] for profile, p in game.prior.items()]
        if joint
        else None,
        "nodes": [_node_data(node) for node in flat(game.tree)],
    }


def read_game(data: Mapping[str, Any]) -> ExtensiveGame:
    """What `game_data` gave, validated like any game."""
    assumptions = read_assumptions(data["assumptions"])
    symbols = {p.name: p.symbol for p in assumptions.parameters}
    if "table" in data:
        return _read_table(data, assumptions, symbols)
    prior = data["prior"]
    return ExtensiveGame(
        data["name"],
        parameters=assumptions,
        players={player: _read_types(kinds, symbols) for player, kinds in data["players"]},
        tree=unflat(tuple(_read_node(node, symbols) for node in data["nodes"])),
        prior=None if prior is None else {tuple(profile): parse(text, symbols) for profile, text in prior},
    )


def _table_data(game: StrategicGame) -> dict[str, Any]:
    return {
        "name": game.name,
        "assumptions": assumptions_data(game.assumptions),
        "actions": [[player, list(names)] for player, names in game.actions.items()],
        "label": game.label,
        "table": [[list(profile), [write(v) for v in row]] for profile, row in game.table.items()],
    }


def _read_table(data: Mapping[str, Any], assumptions: Assumptions, symbols: Symbols) -> StrategicGame:
    return StrategicGame(
        data["name"],
        parameters=assumptions,
        actions={player: list(names) for player, names in data["actions"]},
        payoffs={tuple(profile): tuple(parse(v, symbols) for v in row) for profile, row in data["table"]},
        label=data["label"],
    )


def _types_data(game: ExtensiveGame, player: str) -> dict[str, Any] | None:
    if game.types[player] == (None,):
        return None
    chances = game.type_probabilities.get(player)
    return {
        "names": list(game.types[player]),
        "probabilities": None if chances is None else [write(p) for p in chances.values()],
    }


def _read_types(data: Mapping[str, Any] | None, symbols: Symbols) -> Types | None:
    if data is None:
        return None
    chances = data["probabilities"]
    return Types(tuple(data["names"]), None if chances is None else tuple(parse(text, symbols) for text in chances))


def _node_data(node: Node) -> dict[str, Any]:
    if isinstance(node, Move):
        return {"player": node.player, "move": node.label, "actions": [name for name, _ in node.branches]}
    if isinstance(node, Chance):
        return {"chance": node.label, "events": [[name, write(p)] for name, p, _ in node.branches]}
    return {"outcome": node.name, "payoffs": [[player, _payoff_data(payoff)] for player, payoff in node.payoffs]}


def _read_node(data: Mapping[str, Any], symbols: Symbols) -> Node:
    stub = Outcome("", ())
    if "move" in data:
        return Move(data["player"], data["move"], tuple((name, stub) for name in data["actions"]))
    if "chance" in data:
        return Chance(data["chance"], tuple((name, parse(text, symbols), stub) for name, text in data["events"]))
    payoffs = ((player, _read_payoff(payoff, symbols)) for player, payoff in data["payoffs"])
    return Outcome(data["outcome"], tuple(payoffs))


def _payoff_data(payoff: Any) -> Any:
    if isinstance(payoff, ByType):
        return {"of": payoff.player, "types": [[name, _payoff_data(value)] for name, value in payoff.values]}
    return write(payoff)


def _read_payoff(data: Any, symbols: Symbols) -> Any:
    if isinstance(data, str):
        return parse(data, symbols)
    return ByType(data["of"], tuple((name, _read_payoff(value, symbols)) for name, value in data["types"]))
