"""A sweep that is ready to run: what is asked for at which points, compiled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deterrence.equilibria import Equilibria
from deterrence.sweeps.columns import Column
from deterrence.sweeps.compile import Wishes, task_of
from deterrence.sweeps.errors import SweepError
from deterrence.sweeps.inputs import Inputs, read_inputs
from deterrence.sweeps.layout import Layout, layout_of
from deterrence.sweeps.source import Source, source_of
from deterrence.sweeps.task import Task


@dataclass(frozen=True)
class Plan:
    """All that a sweep needs, wherever its results go.

    Attributes
    ----------
    eqs : Equilibria
    source : Source
    inputs : Inputs
    task : Task
    layout : Layout
    """

    eqs: Equilibria
    source: Source
    inputs: Inputs
    task: Task
    layout: Layout

    @property
    def columns(self) -> dict[str, Column]:
        """The values that are in memory, by name."""
        return {str(s.name): c for s, c in self.inputs.columns.items()}


def plan_of(eqs: Equilibria, values: Any, wishes: Wishes, knife_edges: bool) -> Plan:
    """Read the values, and compile what is asked for.

    Raises
    ------
    UnknownName, PointError, SweepError
        As `sweep`.
    """
    check_equilibria(eqs)
    source = source_of(eqs, knife_edges)
    inputs = read_inputs(values, source.assumptions)
    task = task_of(source, inputs, wishes)
    return Plan(eqs, source, inputs, task, layout_of(task, inputs.shape))


def check_equilibria(eqs: Any) -> None:
    """Refuse what is no solved game."""
    if not isinstance(eqs, Equilibria):
        raise SweepError(
            subject="sweep", wanted="Equilibria", got=type(eqs).__name__, hint="solve the game first: dt.solve(game)"
        )
