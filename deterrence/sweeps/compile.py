"""From equilibria, values and wishes to a task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from deterrence.equilibria import Equilibrium
from deterrence.errors import PointError, UnknownName
from deterrence.polynomials import Ring
from deterrence.sweeps.domain import check_scalars, domain
from deterrence.sweeps.errors import SweepError
from deterrence.sweeps.inputs import Inputs
from deterrence.sweeps.named import solve_named
from deterrence.sweeps.ranges import range_of
from deterrence.sweeps.source import Entry as Written
from deterrence.sweeps.source import Quotient, Rooted, Source, Unwritten
from deterrence.sweeps.specialise import Specialiser
from deterrence.sweeps.task import NO_VALUE, Check, Entry, Range, Surd, Task

OUTPUTS = ("exists", "count", "label", "outcome", "outcome_range", "payoff", "strategy", "outside")
USUAL = ("exists", "count", "label", "outcome", "outcome_range", "payoff")
BEST = "best for "
_MOST_PROGRAMS = 32


@dataclass(frozen=True)
class Wishes:
    """What a sweep is to compute.

    Attributes
    ----------
    outputs : tuple of str
    outcomes, payoffs : tuple of str or None
        Which ones; None for all.
    select : str
        "first", "all" or "best for <player>".
    order : tuple of str or None
        The names of equilibria from first to last choice; those left out follow.
    dtype : str
    """

    outputs: tuple[str, ...] = USUAL
    outcomes: tuple[str, ...] | None = None
    payoffs: tuple[str, ...] | None = None
    select: str = "first"
    order: tuple[str, ...] | None = None
    dtype: str = "float64"


def read_wishes(
    outputs: Iterable[str],
    outcomes: Iterable[str] | None,
    payoffs: Iterable[Any] | None,
    select: str,
    order: Iterable[str] | None,
    dtype: Any,
) -> Wishes:
    """The wishes, with their form checked; a single name may stand for a list of one.

    Raises
    ------
    UnknownName
        For an output that does not exist.
    SweepError
        For a dtype that is no float, and what is no list of names.
    """
    wanted = _names("outputs", outputs)
    if not wanted:
        raise SweepError(subject="sweep, outputs", wanted="at least one output", got="none", hint=_choices(OUTPUTS))
    for name in wanted:
        if name not in OUTPUTS:
            raise UnknownName(subject="sweep", wanted="an output", got=name, known=OUTPUTS)
    kind = str(getattr(dtype, "__name__", dtype))
    if kind not in ("float32", "float64"):
        raise SweepError(subject="sweep", wanted='dtype "float32" or "float64"', got=kind)
    if not isinstance(select, str):
        raise SweepError(subject="sweep, select", wanted='"first", "all" or "best for <player>"', got=repr(select))
    return Wishes(
        tuple(name for name in OUTPUTS if name in wanted),
        None if outcomes is None else _names("outcomes", outcomes),
        None if payoffs is None else _names("payoffs", payoffs),
        select,
        None if order is None else _names("order", order),
        kind,
    )


def _names(what: str, given: Any) -> tuple[str, ...]:
    """One name or several; a tuple within them is a player and a type."""
    if isinstance(given, str):
        return (given,)
    if not isinstance(given, Iterable):
        raise SweepError(subject=f"sweep, {what}", wanted="a name, or a list of names", got=repr(given))
    return tuple(" ".join(map(str, k)) if isinstance(k, tuple) else str(k) for k in given)


def _choices(names: Iterable[str]) -> str:
    return f"choose among {', '.join(names)}"


def task_of(source: Source, inputs: Inputs, wishes: Wishes) -> Task:
    """The task of a sweep, made once for the same scalars, axes and wishes.

    Raises
    ------
    PointError
        If a parameter that is needed is missing, or scalars break an assumption.
    UnknownName
        For names of outcomes, players or equilibria that do not exist.
    """
    axes = tuple((s, inputs.dims_of(s)) for s in (*inputs.columns, *inputs.lazy))
    name = (tuple(inputs.scalars.items()), axes, inputs.dims, wishes)
    with source.lock:
        if name not in source.programs:
            if len(source.programs) >= _MOST_PROGRAMS:
                source.programs.clear()
            source.programs[name] = _made(source, inputs, wishes)
        task: Task = source.programs[name]
    return task


def _begun(source: Source, inputs: Inputs) -> tuple[Specialiser, Check]:
    """A specialiser that knows the scalars and axes, and where the assumptions hold."""
    axes = {s: inputs.dims_of(s) for s in (*inputs.columns, *inputs.lazy)}
    check_scalars(source.assumptions, inputs.scalars)
    named = solve_named(source.assumptions, inputs.symbols, inputs.scalars)
    ring = source.ring.extend(s for s in inputs.symbols if s not in source.ring.index)
    images = _images(ring, named, inputs.scalars)
    work = Specialiser(source, ring, images, axes)
    where = domain(source.assumptions, inputs.symbols, named, ring)
    inside = work.check_image(where, lambda p: ring.compose(p, images))
    if inside is False:
        raise PointError(subject="sweep", wanted="values inside the assumptions", got="none", hint="see dt.grid")
    return work, inside


def _made(source: Source, inputs: Inputs, wishes: Wishes) -> Task:
    work, inside = _begun(source, inputs)
    conditions = tuple(work.check(c) for c in source.conditions)
    _refuse_missing(work, "the conditions of the equilibria", "")
    values = {}
    for group, names in _groups(wishes, source).items():
        values[group] = {n: _row(work, source, group, n) for n in names}
        _refuse_missing(work, f"the output {group!r}", "give them, or ask for other outputs")
    order, rule = _order(source, wishes), _rule(source, wishes)
    if rule not in ("first", "all"):
        values["best"] = {rule: _row(work, source, "payoff", rule)}
        _refuse_missing(work, f'select="{wishes.select}"', "give them, or select in another way")
    return _finished(
        work,
        inputs,
        inside,
        Task(conditions=conditions, values=values, order=order, rule=rule, outputs=wishes.outputs, dtype=wishes.dtype),
    )


def prepared(source: Source, inputs: Inputs, entries: Mapping[str, sp.Expr]) -> Task:
    """A task that gives some expressions at every point, under "payoff", and where points are "outside".

    Raises
    ------
    PointError
        If a parameter that is needed is missing, or scalars break an assumption.
    """
    work, inside = _begun(source, inputs)
    values: dict[str, tuple[Entry, ...]] = {n: (work.value(source.quotient(e)),) for n, e in entries.items()}
    _refuse_missing(work, "the payoffs", "")
    outputs = ("payoff", "outside")
    return _finished(work, inputs, inside, Task(conditions=(True,), values={"payoff": values}, outputs=outputs))


def _finished(work: Specialiser, inputs: Inputs, inside: Check, task: Task) -> Task:
    """The task with its program."""
    program = work.program()
    places = {work.ring.index[s]: str(s.name) for s in (*inputs.columns, *inputs.lazy)}
    return replace(
        task, program=program, dims=inputs.dims, inputs=program.names, places=places, signs=work.signs, domain=inside
    )


def _images(
    ring: Ring, named: Mapping[sp.Symbol, sp.Expr], scalars: Mapping[sp.Symbol, sp.Rational]
) -> dict[sp.Symbol, Any]:
    """Scalars as constants, and what named expressions settle as polynomials with the scalars put in."""
    numbers = {s: ring.constant(v) for s, v in scalars.items()}
    settled = {s: ring.compose(ring.from_sympy(e), numbers) for s, e in named.items()}
    return {**numbers, **settled}


def _row(work: Specialiser, source: Source, group: str, name: str) -> tuple[Entry, ...]:
    """One value in each equilibrium: a number, or a range where free probabilities matter."""
    rows = zip(source.equilibria, source.entries(group, name), strict=True)
    return tuple(_entry(work, source, e, written) for e, written in rows)


def _entry(work: Specialiser, source: Source, equilibrium: Equilibrium, written: Written) -> Entry:
    if isinstance(written, Unwritten):
        return NO_VALUE
    if isinstance(written, Rooted):
        if any(_is_open(source, equilibrium.free, part) for part in written.parts):
            return Range(known=False)
        return Surd(*map(work.value, written.parts))
    if _is_open(source, equilibrium.free, written):
        return range_of(work, source, equilibrium, written)
    return work.value(written)


def _is_open(source: Source, free: tuple[sp.Symbol, ...], quotient: Quotient) -> bool:
    return bool(free) and any(set(free) & set(source.ring.used(source.factors[k])) for k, _ in quotient.powers)


def _groups(wishes: Wishes, source: Source) -> dict[str, tuple[str, ...]]:
    """The names of values that are wanted, by group."""
    wanted = {"outcome": wishes.outcomes, "payoff": wishes.payoffs, "strategy": None}
    groups: dict[str, tuple[str, ...]] = {}
    for group, names in wanted.items():
        if group in wishes.outputs or (group == "outcome" and "outcome_range" in wishes.outputs):
            known = source.names(group)
            for name in names or ():
                if name not in known:
                    raise UnknownName(subject="sweep", wanted=f"a name of {group}", got=name, known=known)
            groups[group] = known if names is None else names
    return groups


def _order(source: Source, wishes: Wishes) -> tuple[int, ...]:
    """The places of equilibria from first to last choice."""
    places: dict[int, None] = {}
    for name in wishes.order or ():
        found = [k for k, e in enumerate(source.equilibria) if name in (e.name, source.titles[k])]
        if not found:
            raise UnknownName(subject="sweep, order", wanted="an equilibrium", got=name, known=source.titles)
        places.update(dict.fromkeys(found))
    places.update(dict.fromkeys(range(len(source.equilibria))))
    return tuple(places)


def _rule(source: Source, wishes: Wishes) -> str:
    """The rule of choice; for "best for ..." the name of the payoff."""
    if wishes.select in ("first", "all"):
        if wishes.select == "all" and "label" in wishes.outputs and len(source.equilibria) > 62:
            raise SweepError(
                subject="sweep",
                wanted='at most 62 equilibria for a label with select="all"',
                got=str(len(source.equilibria)),
                hint='leave "label" out of the outputs, and use "exists"',
            )
        return wishes.select
    known = source.names("payoff")
    player = wishes.select.removeprefix(BEST)
    if not wishes.select.startswith(BEST) or (known and player not in known):
        rules = ["first", "all", *(BEST + name for name in known)]
        raise UnknownName(subject="sweep", wanted="a rule of choice", got=wishes.select, known=rules)
    return player


def _refuse_missing(work: Specialiser, purpose: str, hint: str) -> None:
    if work.missing:
        names = ", ".join(s.name for s in work.ring.symbols if s in work.missing)
        raise PointError(subject="sweep", wanted=f"values for {names}, which {purpose} need", got="none", hint=hint)
