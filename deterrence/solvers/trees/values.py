"""Expected payoffs under a given assessment, by plain recursion over the tree in SymPy expressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from deterrence.assessments import Assessment
from deterrence.games import Chance, ExtensiveGame, Move
from deterrence.polynomials import tidy
from deterrence.solvers.trees.beliefs import NeedsFace
from deterrence.solvers.trees.incentives import Incentives


class Values:
    """What actions are worth when everyone follows an assessment afterwards."""

    def __init__(self, game: ExtensiveGame, assessment: Assessment) -> None:
        self.game, self.assessment = game, assessment
        self._children: dict[int, dict[str, int]] = {p.index: {} for p in game.positions}
        for p in game.positions:
            if p.path:
                self._children[p.path[-1].position][p.path[-1].action] = p.index

    def worth(self, s: tuple[str, ...], action: str, beliefs: Mapping[Any, sp.Expr]) -> sp.Expr:
        """Expected payoff of an action at an information set, given the belief there."""
        return sp.Add(
            *(p * self._value(self._children[h.position][action], s[0], h.types) for h, p in beliefs.items() if p != 0)
        )

    def _value(self, position: int, player: str, types: tuple[Any, ...]) -> sp.Expr:
        node, expand = self.game.positions[position].node, self.game.assumptions.expand
        if isinstance(node, Move):
            row = self.assessment.strategy[self.assessment.set_of(node.player, types, node.label)]
            shares = {a: p for a, p in row.items() if p != 0}
        elif isinstance(node, Chance):
            shares = {event: expand(p) for event, p, _ in node.branches}
        else:
            return expand(self.game.payoff(position, player, types))
        return sp.Add(*(p * self._value(self._children[position][a], player, types) for a, p in shares.items()))

    def reached(self, s: tuple[str, ...]) -> bool:
        """Whether the others' play brings the game to an information set."""
        label = self.game.labels[s[0], s[-1]]
        place = self.game.players.index(s[0])
        for types in self.game.prior:
            if len(s) == 3 and types[place] != s[1]:
                continue
            for v in label.positions:
                steps = [t for t in self.game.positions[v].path if t.kind == "move" and t.player != s[0]]
                rows = [(self.assessment.strategy[self.assessment.set_of(t.player, types, t.label)], t) for t in steps]
                if all(row[t.action] != 0 for row, t in rows):
                    return True
        return False


def indifferences(game: ExtensiveGame, assessment: Assessment) -> dict[tuple[tuple[str, ...], str], sp.Expr]:
    """For each action in a mixed support, the equation against the first one, mixing probabilities still unknown.

    An information set where Bayes' rule depends on which types a free belief gives weight is left out.
    """
    incentives = Incentives(game, "perfect bayesian", dominance=False)
    play, coordinates = incentives.play, incentives.play.coordinates
    back = {
        s: coordinates.user_ring.to_sympy(p)
        for s, p in zip(coordinates.ring.symbols, coordinates.backward, strict=False)
    }
    supports = {s: tuple(a for a, p in row.items() if p != 0) for s, row in assessment.strategy.items()}
    equations = {}
    for s, support in supports.items():
        if len(support) < 2:
            continue
        turned = (*support[1:], support[0])  # the last one is what the others are compared with
        try:
            found, _ = incentives.at(s, {**supports, s: turned}, {})
        except NeedsFace:
            continue
        for i in found:
            if i.indifferent:
                equations[s, i.action] = tidy(play.ring.to_sympy(i.gain).xreplace(back))
    return equations
