"""What makes a game well formed: one function a rule.

Each rule raises a `GameError` that names the game and the place, what was wanted, what was got and
what to try.  The rules on numbers and probabilities, which prove, are in
`deterrence.games.quantities`; `RULES` lists all of them in the order in which they are asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from deterrence.errors import GameError, nearest
from deterrence.games.information import Label, Position, branches_of, own_history
from deterrence.games.labels import check_name, duplicates, quoted
from deterrence.games.payoffs import ByType, Payoff
from deterrence.games.quantities import (
    check_assumptions,
    check_probabilities,
    check_rational,
    check_symbols,
    is_identically_zero,
)
from deterrence.games.tree import Chance, Move, Node, Outcome, described, is_node

if TYPE_CHECKING:
    from deterrence.games.extensive import ExtensiveGame

DEEPEST, LARGEST = 250, 100_000
"""The most moves on one path, and the most nodes of a tree."""

__all__ = ["RULES", "check_nodes", "validate"]


def validate(game: ExtensiveGame) -> tuple[str, ...]:
    """Ask every rule of a game; return notes on what could be neither proved nor refuted.

    Raises
    ------
    GameError, ContradictoryAssumptions
        For the first rule that is broken.
    """
    return tuple(note for rule in RULES for note in rule(game) or ())


def check_nodes(tree: Any, subject: str) -> None:
    """The tree is made of nodes, with names, and every move and chance move has a branch that is taken once."""
    if not is_node(tree):
        got = "an empty tree" if not tree else f"{str(tree)[:60]!r} ({type(tree).__name__})"
        raise GameError(
            subject=f"{subject}, tree",
            wanted="a node: move(...), chance(...) or outcome(...)",
            got=got if tree is not None else "None: an empty tree",
            hint='Begin with dt.move("Player", "label", action=...)',
        )
    todo: list[tuple[Node, int]] = [(tree, 0)]
    count = 0
    while todo:
        node, depth = todo.pop()
        count += 1
        _check_branches(node, subject)
        _check_size(subject, depth, count)
        todo += [(child, depth + 1) for _, child in branches_of(node)]


def _check_size(subject: str, depth: int, count: int) -> None:
    """The tree is one that can be held and walked."""
    if depth > DEEPEST or count > LARGEST:
        raise GameError(
            subject=f"{subject}, tree",
            wanted=f"at most {DEEPEST} moves on a path and {LARGEST} nodes",
            got="more",
            hint="Use fewer stages; a subtree that stands in several places counts each time",
        )


def _check_branches(node: Node, subject: str) -> None:
    """One node on its own: names are text, no branch stands twice, none is missing."""
    where = f"{subject}, {described(node)}"
    kinds: dict[type, str] = {Move: "action", Chance: "event", Outcome: "player"}
    if type(node) not in kinds:
        raise GameError(
            subject=where, wanted="move(...), chance(...) or outcome(...)", got=type(node).__name__,
            hint="A tree with offers of shares is a BargainingGame",
        )  # fmt: skip
    kind = kinds[type(node)]
    names = [who for who, _ in node.payoffs] if isinstance(node, Outcome) else [name for name, _ in branches_of(node)]
    if isinstance(node, Outcome):
        check_name(node.name, where, "outcome")
    else:
        check_name(node.label, where, "move")
        if not names:
            raise GameError(subject=where, wanted=f"at least one {kind}", got="none", hint=f"Add {kind}=subtree")
    for name in names:
        check_name(name, where, kind)
    for name in duplicates(names):
        raise GameError(subject=where, wanted=f"each {kind} once", got=f'"{name}" twice', hint="Rename one of them")
    for name, child in branches_of(node):
        if not is_node(child):
            raise GameError(subject=f'{where}, {kind} "{name}"', wanted="a node", got=repr(child))


def check_movers(game: ExtensiveGame) -> None:
    """Every move belongs to a player of the game."""
    for label in game.labels.values():
        if label.player not in game.players:
            raise GameError(
                subject=f"{_subject(game)}, {_of(label)}",
                wanted=f"one of the players {quoted(game.players)}",
                got=f'"{label.player}"',
                hint=_near(label.player, game.players) or "Add it to players=..., or correct the name",
            )


def check_same_actions(game: ExtensiveGame) -> None:
    """A player has the same actions wherever it sees the same label."""
    for label in game.labels.values():
        for position in _positions(game, label):
            names = [name for name, _ in branches_of(position.node)]
            if set(names) != set(label.actions):
                first = game.positions[label.positions[0]]
                raise GameError(
                    subject=f"{_subject(game)}, {_of(label)}",
                    wanted=f"the same actions wherever the label stands ({quoted(label.actions)} after {first})",
                    got=f"{quoted(names)} after {position}",
                    hint=f"Give the moves different labels if {label.player} tells these positions apart",
                )


def check_no_absent_mind(game: ExtensiveGame) -> None:
    """No player comes to the same label twice in one play."""
    broken = []
    for label in game.labels.values():
        for position in _positions(game, label):
            if any((step.player, step.label) == (label.player, label.label) for step in position.path):
                broken.append(f'"{label.label}" of {label.player} comes again after {position}')
    if broken:
        raise GameError(
            subject=_subject(game),
            problem=f"a player comes to the same label twice in one play (absent-mindedness): {'; '.join(broken)}",
            hint="Give every move on one path its own label",
        )


def check_perfect_recall(game: ExtensiveGame) -> None:
    """No label makes a player forget what it did or knew; all labels that do are shown."""
    broken = []
    for label in game.labels.values():
        histories: dict[tuple[tuple[str, str], ...], list[Position]] = {}
        for position in _positions(game, label):
            histories.setdefault(own_history(position, label.player), []).append(position)
        if len(histories) > 1:
            merged = " with ".join(_merged(label.player, own, group) for own, group in histories.items())
            broken.append(f'"{label.label}" of {label.player} merges {merged}')
    if broken:
        raise GameError(
            subject=_subject(game),
            problem=f"labels make a player forget its own moves (imperfect recall): {'; '.join(broken)}",
            hint="Give these moves different labels",
        )


def _merged(player: str, own: tuple[tuple[str, str], ...], group: list[Position]) -> str:
    """Some positions that a label merges with others, and what the player did on the way to them."""
    did = ", ".join(f'"{action}" at "{label}"' for label, action in own) or "nothing"
    return "{" + "; ".join(map(str, group)) + "}" + f" (where {player} chose {did})"


def check_outcomes(game: ExtensiveGame) -> None:
    """Every outcome has a payoff for each player, and for nobody else."""
    for node in _outcomes(game):
        named = [player for player, _ in node.payoffs]
        missing = [player for player in game.players if player not in named]
        extra = [player for player in named if player not in game.players]
        if missing or extra:
            got = [f"none for {', '.join(missing)}"] if missing else []
            got += [f"one for {quoted(extra)}, no player of this game"] if extra else []
            near = _near(extra[0], game.players) if extra else ""
            raise GameError(
                subject=f"{_subject(game)}, {described(node)}",
                wanted=f"a payoff for each of {', '.join(game.players)}",
                got=" and ".join(got),
                hint=near or (f"Add {missing[0]}=..." if missing else "Leave it out, or add it to players=..."),
            )


def check_by_type(game: ExtensiveGame) -> None:
    """A payoff by type names a player of the game, and each of that player's types once."""
    for node in _outcomes(game):
        for owner, payoff in node.payoffs:
            for part in _by_types(payoff):
                _check_one_by_type(game, f"{_subject(game)}, {described(node)}, payoff of {owner}", owner, part)


def _check_one_by_type(game: ExtensiveGame, where: str, owner: str, part: ByType) -> None:
    """The rule for one `by_type`."""
    player = part.player or owner
    if player not in game.players:
        hint = _near(player, game.players) or "by_type(...) without a name is the type of the player whose payoff it is"
        raise GameError(
            subject=where, wanted=f"by_type of one of {quoted(game.players)}", got=f'by_type of "{player}"', hint=hint
        )
    names, given = game.types[player], [name for name, _ in part.values]
    if names == (None,):
        raise GameError(
            subject=where,
            wanted="by_type of a player who has types",
            got=f"by_type of {player}, who has none",
            hint=f'Declare them: players={{"{player}": dt.types(...)}}',
        )
    if Counter(given) != Counter(names):
        wrong = [name for name in given if name not in names]
        raise GameError(
            subject=where,
            wanted=f"a payoff for each type of {player} ({quoted(map(str, names))})",
            got=quoted(given),
            hint=(_near(wrong[0], map(str, names)) if wrong else "") or "Name every type once, and no other",
        )


def check_types_used(game: ExtensiveGame) -> None:
    """The type of a player makes a difference: to a payoff, or to what a player who moves knows of others."""
    used = {
        part.player or owner for node in _outcomes(game) for owner, payoff in node.payoffs for part in _by_types(payoff)
    }
    movers = {label.player for label in game.labels.values()}
    for player, names in game.types.items():
        informs = player in movers and not game.independent
        if names != (None,) and player not in used and not informs:
            raise GameError(
                subject=f"{_subject(game)}, types of {player}",
                wanted="types that some payoff depends on",
                got=f"{quoted(map(str, names))}, which change nothing",
                hint=f"Write a payoff as by_type(...), or give {player} no types",
            )


def check_types_drawn(game: ExtensiveGame) -> None:
    """A joint prior gives every type some probability, for a type never drawn has no belief about others."""
    for place, (player, names) in enumerate(game.types.items()):
        for name in names:
            drawn = (p for profile, p in game.prior.items() if profile[place] == name)
            if not game.type_probabilities and all(is_identically_zero(game.assumptions, p) for p in drawn):
                raise GameError(
                    subject=f"{_subject(game)}, types of {player}",
                    wanted="a profile of positive probability for each type",
                    got=f'probability 0 in every profile with "{name}"',
                    hint="Add the profile to prior=..., or drop the type",
                )


def _outcomes(game: ExtensiveGame) -> Iterator[Outcome]:
    """Every outcome of the tree, each object once."""
    seen: set[int] = set()
    for position in game.positions:
        if isinstance(position.node, Outcome) and id(position.node) not in seen:
            seen.add(id(position.node))
            yield position.node


def _by_types(payoff: Payoff) -> Iterator[ByType]:
    """Every `ByType` inside a payoff, the outermost first."""
    if isinstance(payoff, ByType):
        yield payoff
        for _, value in payoff.values:
            yield from _by_types(value)


def _positions(game: ExtensiveGame, label: Label) -> list[Position]:
    """The positions of a label."""
    return [game.positions[index] for index in label.positions]


def _subject(game: ExtensiveGame) -> str:
    """The game, at the head of a message."""
    return f'Game "{game.name}"'


def _of(label: Label) -> str:
    """A label, in a message."""
    return f'move "{label.label}" of {label.player}'


def _near(name: str, known: Iterable[str]) -> str:
    """The nearest known names as a question, or nothing."""
    near = nearest(name, known)
    return f"Did you mean {' or '.join(map(repr, near))}?" if near else ""


Rule = Callable[["ExtensiveGame"], Iterable[str] | None]

RULES: tuple[Rule, ...] = (
    check_movers,
    check_same_actions,
    check_no_absent_mind,
    check_perfect_recall,
    check_outcomes,
    check_by_type,
    check_symbols,
    check_rational,
    check_assumptions,
    check_probabilities,
    check_types_used,
    check_types_drawn,
)
