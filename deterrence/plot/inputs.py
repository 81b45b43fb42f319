"""What a picture is drawn from: an answer, a model or a game, and the values held fixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, runtime_checkable

from matplotlib.axes import Axes

from deterrence.equilibria import Equilibria, Equilibrium
from deterrence.errors import ParameterError, PointError
from deterrence.parameters import Assumptions
from deterrence.profile import ProfileEquilibrium

__all__ = ["answer_of", "checked_axes", "checked_range", "game_of", "point_of"]


@runtime_checkable
class _Model(Protocol):
    """What a model is here: a game with an answer of its own."""

    game: Any

    def solve(self) -> Any:
        """The answer, its equilibria named."""


def game_of(source: Any) -> Any:
    """The game of a model or an answer; anything else as it is."""
    return source.game if isinstance(source, (_Model, Equilibria, Equilibrium)) else source


def answer_of(source: Any, subject: str) -> Any:
    """What to draw equilibria of: an answer, a model's own answer, or a collection.

    Raises
    ------
    ParameterError
        If there are no equilibria in it.
    """
    if isinstance(source, _Model):
        return source.solve()
    if isinstance(source, Equilibrium | ProfileEquilibrium):
        return (source,)
    if isinstance(source, (Mapping, str)) or not isinstance(source, Iterable):
        raise _not_equilibria(source, subject)
    if isinstance(source, Equilibria):
        return source
    found = tuple(source)
    if not all(isinstance(e, Equilibrium | ProfileEquilibrium) for e in found):
        raise _not_equilibria(source, subject)
    return found


def _not_equilibria(source: Any, subject: str) -> ParameterError:
    got = "None" if source is None else type(source).__name__
    hint = "solve it first: dt.solve(game)" if hasattr(source, "players") else "give dt.solve(game), or a model"
    return ParameterError(subject=subject, wanted="equilibria, or a model that has some", got=got, hint=hint)


def point_of(assumptions: Assumptions, at: Any, subject: str) -> Mapping[Any, Any]:
    """Values by name; the samples that the parameters were given for ``"sample"``.

    Raises
    ------
    PointError
        If it is neither.
    """
    if at is None:
        return {}
    if isinstance(at, str) and at == "sample":
        return assumptions.sample_point()
    if not isinstance(at, Mapping):
        raise PointError(subject=subject, wanted='at={"a": 1, ...} or at="sample"', got=repr(at))
    return at


def checked_axes(ax: Any) -> Axes | None:
    """An Axes or None.

    Raises
    ------
    ParameterError
        If it is something else.
    """
    if ax is None or isinstance(ax, Axes):
        return ax
    raise ParameterError(
        subject="ax", wanted="a matplotlib Axes, or none for a new figure", got=repr(ax), hint="plt.subplots()[1]"
    )


def checked_range(given: Any, name: str) -> tuple[Any, Any] | None:
    """Two ends or None.

    Raises
    ------
    ParameterError
        If it is something else.
    """
    if given is None:
        return None
    if isinstance(given, str) or not isinstance(given, Iterable) or len(ends := tuple(given)) != 2:
        raise ParameterError(subject=f"range of {name}", wanted="a lower and a higher number", got=repr(given))
    return ends[0], ends[1]
