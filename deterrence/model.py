"""A published model: a game with where it comes from, what its parameters mean, and what is claimed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import sympy as sp

from deterrence.errors import ModelError
from deterrence.patterns import FORMS, Pattern, check_pattern, fits, normal

if TYPE_CHECKING:
    from collections.abc import Callable

    from deterrence.claims import ClaimResults
    from deterrence.equilibria import Equilibria, Equilibrium
    from deterrence.parameters import Parameter

__all__ = ["Model"]


@dataclass(frozen=True)
class Model:
    """A game as a paper prints it, with all that a reader needs to judge it.

    Parameters
    ----------
    title : str
        What the paper calls the game.
    game : ExtensiveGame, StrategicGame, SymmetricGame, ContinuousGame, CoalitionGame or BargainingGame
    citation, strand, story : str
        Where it comes from, to which line of the theory it belongs, and what happens in plain words.
    names : mapping of str to pattern
        The names of known equilibria.  A pattern says what is chosen at some entries of the strategy:
        in a tree ``{("A", "start"): "dare"}``, of one type ``("A", type, "start")``; one action or a
        tuple of actions that are mixed.  In the other forms it is a number of players, a level, an
        alliance or a share, see the table of `deterrence.patterns`.  Entries that are left out may be
        anything; the first name that fits is given.
    claims : tuple of Claim
        The published propositions, checked by `check`.
    row : int, optional
        The place of its strand in the table of strands.
    question : str
        What is asked of the model, in one line.
    picture : pair of parameter names or symbols, optional
        The axes of its picture; without, two parameters on which the conditions rest.
    sweep : mapping of parameter to (low, high, count), list of numbers, or number
        The sweep that is made of it when none is asked for: over its costs and its resolve.
    name : str
        The path in the catalogue, set when the model is loaded.

    Raises
    ------
    ModelError
        If a field is not what it should be, or two names have the same pattern.
    UnknownName
        If a pattern of `names` names an information set, an entry or a choice that the game does not have.

    Examples
    --------
    >>> from deterrence.games import ExtensiveGame, move, outcome
    >>> dare = ExtensiveGame("Dare", players=["A"], tree=move("A", "start",
    ...     stay=outcome("Stay", A=0), dare=outcome("Dare", A=1)))
    >>> Model(title="Dare", game=dare, names={"Daring": {("A", "start"): "dare"}})
    <Model "Dare": 0 parameters, 1 named equilibrium, 0 claims>
    """

    title: str
    game: Any
    citation: str = ""
    strand: str = ""
    story: str = ""
    names: Mapping[str, Pattern] = field(default_factory=dict, hash=False)
    claims: tuple[Any, ...] = ()
    name: str = ""
    row: int | None = None
    question: str = ""
    picture: tuple[Any, Any] | None = None
    sweep: Mapping[Any, Any] = field(default_factory=dict, hash=False)
    _solved: dict[tuple[str | None, str], Equilibria] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        subject = f'Model "{self.title}"'
        for label in ("title", "citation", "strand", "story", "question"):
            if not isinstance(getattr(self, label), str):
                raise ModelError(subject=subject, wanted=f"{label} as text", got=repr(getattr(self, label)))
        if not isinstance(self.game, FORMS):
            raise ModelError(
                subject=subject,
                wanted="a game, such as dt.ExtensiveGame(...)",
                got=f"{type(self.game).__name__}",
                hint="write dt.Model(title=..., game=game)",
            )
        if self.row is not None and (isinstance(self.row, bool) or not isinstance(self.row, int) or self.row < 1):
            raise ModelError(subject=subject, wanted="row as a whole number from 1 on", got=repr(self.row))
        object.__setattr__(self, "claims", tuple(self.claims))
        object.__setattr__(self, "picture", _axes(self.game, subject, self.picture))
        object.__setattr__(self, "sweep", _swept(self.game, subject, self.sweep))
        for name, pattern in self.names.items():
            check_pattern(self.game, f'{subject}, name "{name}"', pattern)
        _apart(self.game, subject, self.names)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Each parameter with its symbol, name, kind, description and sample value."""
        return self.game.assumptions.parameters

    def sample_point(self) -> dict[sp.Symbol, sp.Rational]:
        """A value for each independent parameter that has a sample."""
        return self.game.assumptions.sample_point()

    def solve(
        self,
        concept: str | None = None,
        beliefs: str = "free",
        *,
        time_limit: float | None = None,
        progress: Callable[[int, int], None] | None = None,
        cache: bool = True,
    ) -> Equilibria:
        """Every equilibrium of the game, with its published name where it has one.

        What is found is kept in memory, and of trees and tables on disk, so that the same question is
        answered at once the next time; an answer with undecided parts is not kept.  See
        `deterrence.solve` for the arguments and errors.

        Parameters
        ----------
        cache : bool
            False solves afresh and stores nothing.
        """
        from deterrence.storage.cache import solved

        key = (concept, beliefs)
        if cache and key in self._solved:
            return self._solved[key]
        found = self.named(
            solved(self.game, concept, beliefs=beliefs, time_limit=time_limit, progress=progress, cache=cache)
        )
        if cache and not found.undecided:
            self._solved[key] = found
        return found

    def settle_families(self, equilibria: Equilibria, progress: Callable[[int, int], None] | None = None) -> None:
        """Find which values the free probabilities of each family take, for views that show all of them.

        What is found is kept with the answer, in memory and on disk, so that no later view looks for it again.

        Parameters
        ----------
        equilibria : Equilibria
            What `solve` gave.
        progress : callable, optional
            Called with (families done with, families there are).
        """
        from deterrence.equilibria import Equilibrium
        from deterrence.storage.cache import keep

        everything = (*equilibria.generic, *equilibria.knife_edges)
        families = [e for e in everything if isinstance(e, Equilibrium) and e.free]
        fresh = [e for e in families if not e.range_known]
        for done, family in enumerate(fresh, len(families) - len(fresh)):
            if progress is not None:
                progress(done, len(families))
            _ = family.free_range
        asked = next((key for key, found in self._solved.items() if found is equilibria), None)
        if fresh and asked is not None:
            keep(equilibria, *asked)

    def named(self, equilibria: Equilibria) -> Equilibria:
        """The same answer with the model's names on its equilibria, in the order of these names."""
        from deterrence.equilibrium import renamed

        place = {name: k for k, name in enumerate(self.names)}

        def baptised(group: tuple[Equilibrium, ...]) -> tuple[Equilibrium, ...]:
            found = (renamed(e, self.name_of(e) or e.name) for e in group)
            return tuple(sorted(found, key=lambda e: place.get(e.name, len(place))))

        return replace(equilibria, generic=baptised(equilibria.generic), knife_edges=baptised(equilibria.knife_edges))

    def name_of(self, equilibrium: Equilibrium) -> str:
        """The first name whose pattern fits, or the empty text."""
        return next((name for name, pattern in self.names.items() if fits(equilibrium, pattern)), "")

    @property
    def swept(self) -> dict[str, Any]:
        """The values of the default sweep, as `deterrence.sweep` takes them: grids and sample values.

        Examples
        --------
        >>> from deterrence.catalogue import load
        >>> len(load("unilateral_deterrence").swept["p_A"])
        41
        """
        from deterrence.sweeps import grid

        values = {symbol.name: value for symbol, value in self.sample_point().items()}
        return {**values, **{k: grid(*v) if isinstance(v, tuple) else v for k, v in self.sweep.items()}}

    def check(self, progress: Callable[[int, int], None] | None = None) -> ClaimResults:
        """Each claim with its verdict, as a tuple that prints as a table; see `deterrence.claims`.

        Parameters
        ----------
        progress : callable, optional
            Called with (claims done with, claims there are).
        """
        from deterrence.claims import check_claims

        return check_claims(self, progress=progress)

    def _repr_html_(self) -> str:
        from deterrence.views.records import model_html

        return model_html(self)

    def __hash__(self) -> int:
        return hash((self.title, self.name, self.game))

    def __repr__(self) -> str:
        counts = {
            "parameter": len(self.parameters),
            "named equilibrium": len(self.names),
            "claim": len(self.claims),
        }
        plural = {"named equilibrium": "named equilibria"}
        shown = ", ".join(f"{n} {thing if n == 1 else plural.get(thing, thing + 's')}" for thing, n in counts.items())
        return f'<Model "{self.title}": {shown}>'


def _apart(game: Any, subject: str, names: Mapping[str, Pattern]) -> None:
    """Refuse a name whose pattern is that of an earlier one: no equilibrium would ever get it."""
    seen: dict[frozenset[Any], str] = {}
    for name, pattern in names.items():
        first = seen.setdefault(normal(game, pattern), name)
        if first != name:
            raise ModelError(
                subject=subject,
                wanted="names with patterns that differ",
                got=f'the same pattern for "{first}" and "{name}"',
                hint="say in one of them what else is chosen, or leave it out",
            )


def _axes(game: Any, subject: str, given: Any) -> tuple[str, str] | None:
    """The names of two parameters, or None."""
    if given is None:
        return None
    if isinstance(given, str) or len(tuple(given)) != 2:
        raise ModelError(subject=subject, wanted="picture=(x, y), two parameters", got=repr(given))
    x, y = (str(game.assumptions.resolve(axis).name) for axis in given)
    return x, y


def _swept(game: Any, subject: str, given: Any) -> Mapping[str, Any]:
    """The default sweep by names; what stands for a grid is (low, high, count)."""
    if not isinstance(given, Mapping):
        raise ModelError(subject=subject, wanted="sweep={parameter: (low, high, count), ...}", got=repr(given))
    for key, value in given.items():
        if isinstance(value, tuple) and (len(value) != 3 or not isinstance(value[2], int)):
            raise ModelError(subject=f"{subject}, sweep over {key}", wanted="(low, high, count)", got=repr(value))
    return {str(game.assumptions.resolve(key).name): value for key, value in given.items()}
