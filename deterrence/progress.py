"""How far long work has come: a bar on the terminal's standard error, or nothing.

Long work takes `stages`, a function that gives one reporter for each unit of work: ``stages("claim")`` is a
context in which ``report(done, total)`` is called, or None where nobody watches.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

__all__ = ["Report", "Stages", "bar", "quiet"]

Report = Callable[[int, int], None]
Stages = Callable[[str], AbstractContextManager[Report | None]]


def quiet(unit: str) -> AbstractContextManager[Report | None]:
    """Nobody watches."""
    return nullcontext()


@contextmanager
def bar(unit: str = "profile") -> Iterator[Report | None]:
    """A bar on the terminal's standard error; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(total=0, unit=unit, leave=False, delay=1.0, file=sys.stderr) as shown:

        def report(done: int, known: int) -> None:
            shown.total = known
            shown.n = done
            shown.refresh()

        yield report
