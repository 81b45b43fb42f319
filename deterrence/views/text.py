"""Equilibria as plain text for the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.expressions import as_text
from deterrence.views.content import Belief, Content, Strategy, headline

__all__ = ["equilibria_text", "equilibrium_text"]


def equilibria_text(equilibria: Equilibria) -> str:
    """The whole answer: how it was found, each equilibrium, knife-edges, and what stayed undecided."""
    blocks = [_head(equilibria)]
    blocks += [f"{k}. {equilibrium_text(e)}" for k, e in enumerate(equilibria.generic, 1)]
    if equilibria.knife_edges:
        blocks.append("Knife-edges, each where an equation among the parameters holds")
        blocks += [f"{_letter(k)}. {equilibrium_text(e)}" for k, e in enumerate(equilibria.knife_edges)]
    if equilibria.undecided:
        blocks.append("\n".join(["Undecided", *(f"   {u}" for u in equilibria.undecided)]))
    return "\n\n".join(blocks)


def equilibrium_text(equilibrium: Equilibrium) -> str:
    """One equilibrium: name, condition, strategies, beliefs, outcomes."""
    c = Content(equilibrium)
    lines = [equilibrium.title, f"   exists iff  {c.condition.text}"]
    for strategy in c.strategies:
        lines += _strategy(strategy)
    for name, symbol in c.free:
        lines.append(f"   {name} = {symbol}, free")
    if c.free_range is not None:
        lines.append(f"   where  {c.free_range.text}")
    for belief in c.beliefs:
        lines += _belief(belief)
    for name, symbol in c.open_beliefs:
        lines.append(f"   {name} = {symbol}, {'open' if c.belief_range else 'any value'}")
    if c.open_beliefs and c.belief_range is not None:
        lines.append(f"   where  {c.belief_range.text}")
    lines.append("   outcomes")
    lines += _columns((name, as_text(p)) for name, p in c.outcomes)
    return "\n".join(lines)


def _head(equilibria: Equilibria) -> str:
    """What was asked and how the search ended."""
    how, counts = equilibria.provenance, equilibria.counts
    lines = [equilibria.game.name, headline(equilibria)]
    if equilibria.assumed is not None:
        lines.append(f"assuming also {equilibria.assumed}")
    if how.conditions:
        lines.append(f"conditions {how.conditions}; beliefs {how.beliefs}")
    if counts.get("supports"):
        end = "all settled" if equilibria.complete else "not all settled"
        lines.append(f"{counts['supports']:,} profiles of supports, {end}, {how.seconds:.2f} s of solving")
    return "\n".join(lines)


def _strategy(strategy: Strategy) -> list[str]:
    """A label with one line for each type, or one for each action of a type that mixes.

    Where all types do the same for sure, the kind says it.
    """
    pure = {actions[0][0] for _, actions in strategy.rows if len(actions) == 1}
    if len(pure) == 1 and all(len(actions) == 1 for _, actions in strategy.rows):
        return [f"   {strategy.player} at {strategy.label}: {strategy.kind.removeprefix('pure: ')}"]
    lines = [f"   {strategy.player} at {strategy.label}: {strategy.kind}"]
    rows = []
    for kind, actions in strategy.rows:
        for k, (action, p) in enumerate(actions):
            rows.append((kind if k == 0 else "", action if p == 1 else f"{action} with probability {as_text(p)}"))
    return lines + _columns(rows)


def _belief(belief: Belief) -> list[str]:
    """What is believed where."""
    who = f"{belief.kind} {belief.player}" if belief.kind else belief.player
    off = "" if belief.reached else ", off the path"
    return [f"   {who} believes at {belief.label}{off}", *_columns((name, as_text(p)) for name, p in belief.rows)]


def _columns(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Two columns below a heading."""
    rows = list(rows)
    width = max((len(left) for left, _ in rows), default=0)
    return [f"      {left.ljust(width)}  {right}" if width else f"      {right}" for left, right in rows]


def _letter(k: int) -> str:
    """A, B, ..., Z, AA, AB, ..."""
    name = ""
    while k >= 0:
        name, k = chr(ord("A") + k % 26) + name, k // 26 - 1
    return name
