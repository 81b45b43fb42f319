"""Parameter values from the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from deterrence.errors import PointError

if TYPE_CHECKING:
    from deterrence.equilibria import Equilibria
    from deterrence.model import Model
    from deterrence.parameters import Parameter

__all__ = ["evaluated", "read_point", "require"]


def read_point(model: Model, at: tuple[str, ...]) -> dict[str, Any]:
    """The values of all --at options; later ones win over `sample`."""
    from deterrence.numbers import exact_number

    point: dict[str, Any] = {}
    pieces = [piece.strip() for option in at for piece in option.split(",") if piece.strip()]
    if "sample" in pieces:
        point = {symbol.name: value for symbol, value in model.sample_point().items()}
    given: dict[str, Any] = {}
    for piece in (p for p in pieces if p != "sample"):
        name, equals, value = piece.partition("=")
        if not equals:
            raise PointError(subject="--at", wanted="NAME=VALUE, such as p_A=1/3", got=piece)
        symbol = model.game.assumptions.resolve(name.strip())
        number = exact_number(value, f"parameter {symbol.name} ({model.game.assumptions[symbol].domain})")
        if given.setdefault(symbol.name, number) != number:
            raise PointError(subject=f"--at {symbol.name}", wanted="one value", got="two different values")
    return {**point, **given}


def require(model: Model, point: Mapping[str, Any], needed: Any) -> None:
    """Say which parameters are missing."""
    assumptions = model.game.assumptions
    exact = assumptions.exact_point(point)
    missing = [s.name for s in assumptions.symbols if s in needed and s not in exact]
    if missing:
        example = "--at " + ",".join(f"{name}={_sample(assumptions[name])}" for name in missing[:3])
        sampled = any(assumptions[name].sample is not None for name in missing)
        raise PointError(
            subject=f'Model "{model.title}"',
            wanted=f"a value for {', '.join(missing)}",
            got=", ".join(point) or "none",
            hint=f"add {example}" + (", or --at sample for the model's own values" if sampled else ""),
        )


def _sample(parameter: Parameter) -> str:
    return "..." if parameter.sample is None else str(parameter.sample)


def evaluated(model: Model, found: Equilibria, point: Mapping[Any, Any]) -> Equilibria:
    """What exists at a point, if the point gives all that the conditions (without a tree: the records) use."""
    from deterrence.profile import ProfileEquilibrium

    records: list[Any] = [*found.generic, *found.knife_edges]
    used = {s for e in records for s in (e.needed if isinstance(e, ProfileEquilibrium) else e.condition.symbols)}
    require(model, {getattr(key, "name", key): value for key, value in point.items()}, used)
    return found.at(point)
