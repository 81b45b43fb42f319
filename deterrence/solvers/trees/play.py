"""A game as polynomials: what every player expects, in exact arithmetic.

Behaviour probabilities, beliefs and parameters (in positive coordinates, where signs can be
read off coefficients) are the generators of one ring.  Expected values are multilinear in the
behaviour probabilities: an information set is passed at most once on a path.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import sympy as sp

from deterrence.assessments import History
from deterrence.errors import NotPolynomial
from deterrence.games import ExtensiveGame
from deterrence.games.tree import Chance, Move
from deterrence.polynomials import Polynomial
from deterrence.regions.coordinates import Coordinates, coordinates, degree_in

Set = tuple[str, ...]  # an information set: (player, type, label), or (player, label) without types
Profile = tuple[Any, ...]  # one type for each player, in the players' order
Support = tuple[str, ...]
Supports = dict[Set, Support]
Degrees = tuple[int, ...]
__all__ = ["Degrees", "History", "Play", "Profile", "Set", "Support", "Supports"]


class Play:
    """Values, priors and probabilities of one game as polynomials of one ring.

    Attributes
    ----------
    ring : Ring
        Positive coordinates of the parameters, then one generator for each action that
        `remaining` leaves to choose, then one for each belief.
    sets : tuple
        The information sets, in tree order.
    """

    def __init__(
        self,
        game: ExtensiveGame,
        beliefs: Mapping[Any, Mapping[Any, sp.Symbol]],
        remaining: Mapping[Set, Support] | None = None,
    ) -> None:
        self.game = game
        self._remaining = dict(remaining or {})
        self.coordinates: Coordinates = coordinates(game.assumptions)
        self.sets: tuple[Set, ...] = tuple(game.information_sets)
        self.action_symbols = self._name_actions()
        self.belief_symbols = beliefs
        self.ring = self.coordinates.ring.extend(
            [*self.action_symbols.values(), *(s for group in self.belief_symbols.values() for s in group.values())]
        )
        self._values: dict[tuple[int, str, Profile], Polynomial] = {}

    # -- names ---------------------------------------------------------------------------------

    def _name_actions(self) -> dict[tuple[Set, str], sp.Symbol]:
        """A readable symbol for each behaviour probability, with the label only where needed."""
        counts: dict[tuple[str, str], int] = {}
        for (player, _), label in self.game.labels.items():
            for action in label.actions:
                counts[player, action] = counts.get((player, action), 0) + 1
        names = {}
        for s in self.sets:
            left = self._remaining.get(s, self.actions(s))
            for action in left if len(left) > 1 or not self._remaining else ():
                where = f", {s[-1]}" if counts[s[0], action] > 1 else ""
                names[s, action] = sp.Symbol(f"Pr({action} | {' '.join(s[:-1])}{where})", real=True)
        return names

    # -- information ---------------------------------------------------------------------------

    def actions(self, information_set: Set) -> Support:
        """All actions at an information set."""
        return tuple(self.game.labels[information_set[0], information_set[-1]].actions)

    def type_of(self, information_set: Set) -> Any:
        """The type whose information set it is (None for a player without types)."""
        return information_set[1] if len(information_set) == 3 else None

    def set_at(self, player: str, label: str, types: Profile) -> Set:
        """The information set of `player` at `label` when types are as given."""
        kind = types[self.game.players.index(player)]
        return (player, label) if kind is None else (player, kind, label)

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """The type profiles that Nature can draw."""
        expand = self.game.assumptions.expand
        return tuple(t for t, p in self.game.prior.items() if sp.expand(expand(p)) != 0)

    def nodes(self, information_set: Set) -> list[History]:
        """The nodes of an information set: positions of its label, types of the others."""
        player, label = information_set[0], information_set[-1]
        own, place = self.type_of(information_set), self.game.players.index(player)
        return [
            History(v, types)
            for v in self.game.labels[player, label].positions
            for types in self.profiles
            if types[place] == own
        ]

    # -- polynomials ---------------------------------------------------------------------------

    @cached_property
    def groups(self) -> list[tuple[tuple[int, ...], Polynomial]]:
        """The parameters' distributions: places of their weights in the ring, and the weights' sum."""
        result = []
        for w in self.coordinates.weights:
            members = [*w.symbols, w.last]
            total = sum((self.ring.gen(s) for s in members), self.ring.zero)
            result.append((tuple(self.ring.index[s] for s in members), total))
        return result

    def lifted(self, exprs: Mapping[Any, Any]) -> dict[Any, Polynomial]:
        """Expressions in positive coordinates, all brought to one degree in each distribution."""
        user = self.coordinates.user_ring
        polys = [user.from_sympy(self.game.assumptions.expand(e)) for e in exprs.values()]
        raised = self.coordinates.lift(polys)
        return {k: self.ring.convert(p, self.coordinates.ring) for k, p in zip(exprs, raised, strict=True)}

    @cached_property
    def marginals(self) -> dict[tuple[str, Any], Polynomial]:
        """Prior weight of each type of each player (independent types only)."""
        weights: dict[tuple[str, Any], Polynomial] = {}
        for player in self.game.players:
            table = self._cleared(dict(self.game.marginals[player]), f"type probabilities of {player}")
            weights.update({(player, t): p for t, p in self.lifted(table).items()})
        return weights

    @cached_property
    def joint(self) -> dict[Profile, Polynomial]:
        """Prior weight of each type profile."""
        return self.lifted(self._cleared(dict(self.game.prior), "prior"))

    def _cleared(self, table: dict[Any, Any], what: str) -> dict[Any, sp.Expr]:
        """Weights of one draw times a positive factor that clears their denominators."""
        user, expand = self.coordinates.user_ring, self.game.assumptions.expand
        scale = user.one
        for e in table.values():
            _, den = user.fraction(expand(e))
            scale = scale * (den / scale.gcd(den))
        factor = self._positive(scale, what)
        return {k: sp.cancel(expand(e) * factor) if factor != 1 else e for k, e in table.items()}

    @cached_property
    def payoffs(self) -> dict[tuple[int, str, Profile], Polynomial]:
        """Payoff at each final position, for each player and type profile."""
        leaves = [p.index for p in self.game.positions if not isinstance(p.node, Move | Chance)]
        table = {
            (v, player, types): self.game.payoff(v, player, types)
            for v in leaves
            for player in self.game.players
            for types in self.profiles
        }
        return self.lifted({k: self.game.assumptions.expand(e) * self.scales[k[1]] for k, e in table.items()})

    @cached_property
    def scales(self) -> dict[str, sp.Expr]:
        """For each player, a positive factor that clears the denominators of all its payoffs."""
        return {player: self._scale(player) for player in self.game.players}

    def _scale(self, player: str) -> sp.Expr:
        user = self.coordinates.user_ring
        scale = user.one
        for p in self.game.positions:
            if isinstance(p.node, Move | Chance):
                continue
            for types in self.profiles:
                _, den = user.fraction(self.game.assumptions.expand(self.game.payoff(p.index, player, types)))
                scale = scale * (den / scale.gcd(den))
        return self._positive(scale, f"payoffs of {player}")

    def _positive(self, scale: Polynomial, what: str) -> sp.Expr:
        """A common denominator made positive; `NotPolynomial` if its sign is not settled."""
        user, sign = self.coordinates.user_ring, self.coordinates.sign(scale)
        if abs(sign) != 1:
            raise NotPolynomial(
                subject=f'Game "{self.game.name}", {what}',
                wanted="denominators whose sign the assumptions settle",
                got=str(user.factored(scale)),
                hint="assume an order or signs that settle it, for example with P.positive or P.assume",
            )
        return user.to_sympy(scale * sign)

    @cached_property
    def children(self) -> dict[int, dict[str, int]]:
        """The positions that follow each position, by action or event."""
        table: dict[int, dict[str, int]] = {p.index: {} for p in self.game.positions}
        for p in self.game.positions:
            if p.path:
                table[p.path[-1].position][p.path[-1].action] = p.index
        return table

    @cached_property
    def chances(self) -> dict[int, dict[str, Polynomial]]:
        """Probability of each event at each chance position."""
        return {
            p.index: self.lifted({event: probability for event, probability, _ in p.node.branches})
            for p in self.game.positions
            if isinstance(p.node, Chance)
        }

    def probability(self, information_set: Set, action: str) -> Polynomial:
        """The behaviour probability of an action: a generator, or 0 or 1 where nothing is left to choose."""
        symbol = self.action_symbols.get((information_set, action))
        if symbol is not None:
            return self.ring.gen(symbol)
        return self.ring.one if self._remaining[information_set] == (action,) else self.ring.zero

    @cached_property
    def heights(self) -> dict[int, Degrees]:
        """Degree, in each distribution, of the values at each position (chance moves add to it)."""
        heights: dict[int, Degrees] = {}
        leaf = tuple(max((degree_in(p, places) for p in self.payoffs.values()), default=0) for places, _ in self.groups)
        for p in reversed(self.game.positions):
            below = [heights[c] for c in self.children[p.index].values()]
            top = tuple(map(max, zip(*below, strict=True))) if below else leaf
            own = self.chance_degrees(p.index)
            heights[p.index] = tuple(a + b for a, b in zip(top, own, strict=True))
        return heights

    def chance_degrees(self, position: int) -> Degrees:
        """Degree, in each distribution, of the probabilities at a chance position."""
        events = self.chances.get(position, {}).values()
        return tuple(max((degree_in(p, places) for p in events), default=0) for places, _ in self.groups)

    def padded(self, poly: Polynomial, have: Degrees, want: Degrees) -> Polynomial:
        """`poly` times powers of the weights' sums (each worth 1), so that degrees agree."""
        for (_, total), low, high in zip(self.groups, have, want, strict=True):
            if high > low:
                poly = poly * total ** (high - low)
        return poly

    def value(self, position: int, player: str, types: Profile) -> Polynomial:
        """What `player` expects from a position on, when types are as given."""
        k = (position, player, types)
        if k not in self._values:
            self._values[k] = self._value(position, player, types)
        return self._values[k]

    def _value(self, position: int, player: str, types: Profile) -> Polynomial:
        node = self.game.positions[position].node
        kids = self.children[position]
        if isinstance(node, Move):
            actor = self.set_at(node.player, node.label, types)
            shares = {a: self.probability(actor, a) for a in kids}
        elif isinstance(node, Chance):
            shares = self.chances[position]
        else:
            return self.payoffs[position, player, types]
        own = self.chance_degrees(position)
        want = tuple(h - d for h, d in zip(self.heights[position], own, strict=True))
        total = self.ring.zero
        for a, child in kids.items():
            if shares[a] == 0:
                continue
            part = self.padded(self.value(child, player, types), self.heights[child], want)
            total = total + shares[a] * part
        return total

    def after(self, node: History, player: str, action: str) -> Polynomial:
        """What `player` expects at a node of its own when it takes `action` there."""
        child = self.children[node.position][action]
        have, want = self.heights[child], self.heights[node.position]
        return self.padded(self.value(child, player, node.types), have, want)

    # -- fixing behaviour ----------------------------------------------------------------------

    def images(self, supports: Supports) -> dict[sp.Symbol, Polynomial]:
        """What the behaviour generators become: 0 off a support, the last action one minus the rest."""
        images: dict[sp.Symbol, Polynomial] = {}
        for s, support in supports.items():
            known = [a for a in self.actions(s) if (s, a) in self.action_symbols]
            if not known:
                continue
            images |= {self.action_symbols[s, a]: self.ring.zero for a in known if a not in support}
            rest = [self.probability(s, a) for a in support[:-1]]
            images[self.action_symbols[s, support[-1]]] = sum((-g for g in rest), self.ring.one)
        return images
