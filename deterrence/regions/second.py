"""The second engine, cvc5, in a process of its own that is ended when it overruns its time.

The process is started at the first question and kept for the next ones.
"""

from __future__ import annotations

import atexit
import importlib.util
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import flint

from deterrence.polynomials import Polynomial
from deterrence.regions.logic import And, Formula, Literal

__all__ = ["ask_cvc5", "have_cvc5", "smt_text"]

_GRACE = 0.25  # seconds beyond its own limit before the process is ended
_OPERATORS = {">": ">", ">=": ">=", "==": "=", "!=": "distinct"}


@lru_cache(maxsize=1)
def have_cvc5() -> bool:
    """Whether the optional second engine is installed."""
    return importlib.util.find_spec("cvc5") is not None


def ask_cvc5(formulas: Iterable[Formula], width: int, milliseconds: int) -> str:
    """Ask the second engine whether the formulas can hold together: "sat", "unsat" or "unknown".

    Parameters
    ----------
    formulas : iterable of Formula
        Over a ring of `width` variables.
    milliseconds : int
        The time limit; it is kept to a quarter of a second.
    """
    if not have_cvc5() or milliseconds <= 0:
        return "unknown"
    return _worker().ask(smt_text(formulas, width), milliseconds)


def smt_text(formulas: Iterable[Formula], width: int) -> str:
    """The formulas as an SMT-LIB script."""
    lines = ["(set-logic QF_NRA)", *(f"(declare-fun v{k} () Real)" for k in range(width))]
    lines += [f"(assert {_formula(f)})" for f in formulas]
    return "\n".join(lines) + "\n"


def _formula(formula: Formula) -> str:
    if isinstance(formula, bool):
        return "true" if formula else "false"
    if isinstance(formula, Literal):
        return f"({_OPERATORS[formula.op]} {_poly(formula.poly)} 0.0)"
    word = "and" if isinstance(formula, And) else "or"
    return f"({word} {' '.join(_formula(p) for p in formula.parts)})"


def _poly(poly: Polynomial) -> str:
    terms = [_term(monomial, flint.fmpq(c)) for monomial, c in poly.to_dict().items()]
    return f"(+ {' '.join(terms)})" if len(terms) > 1 else terms[0] if terms else "0.0"


def _term(monomial: tuple[int, ...], coefficient: flint.fmpq) -> str:
    size = f"{abs(coefficient.p)}.0" if coefficient.q == 1 else f"(/ {abs(coefficient.p)}.0 {coefficient.q}.0)"
    number = size if coefficient > 0 else f"(- {size})"
    parts = [f"v{k}" for k, power in enumerate(monomial) for _ in range(power)]
    return f"(* {number} {' '.join(parts)})" if parts else number


class _Worker:
    """The process, its answers read by a thread, so that waiting for one can end."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[str] | None = None
        self.answers: queue.Queue[str] = queue.Queue()

    def ask(self, text: str, milliseconds: int) -> str:
        """One question; "unknown" if there is no answer in time."""
        with self.lock:
            try:
                self._send(json.dumps({"text": text, "milliseconds": milliseconds}))
                line = self.answers.get(timeout=milliseconds / 1000 + _GRACE)
            except (OSError, queue.Empty):
                self.end()
                return "unknown"
        return str(json.loads(line)["status"]) if line else "unknown"

    def _send(self, line: str) -> None:
        if self.process is None or self.process.poll() is not None:
            self._start()
        assert self.process is not None and self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def _start(self) -> None:
        script = Path(__file__).with_name("cvc5_worker.py")
        self.process = subprocess.Popen(
            [sys.executable, "-P", str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.answers = queue.Queue()
        threading.Thread(target=_read, args=(self.process, self.answers), daemon=True).start()

    def end(self) -> None:
        """End the process, if there is one."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.wait()


def _read(process: subprocess.Popen[str], answers: queue.Queue[str]) -> None:
    """Hand on every line; an empty one when the process has ended."""
    assert process.stdout is not None
    for line in process.stdout:
        answers.put(line)
    answers.put("")


_WORKERS: dict[int, _Worker] = {}


def _worker() -> _Worker:
    """The worker of this process (a forked child starts its own)."""
    pid = os.getpid()
    if pid not in _WORKERS:
        _WORKERS.clear()
        _WORKERS[pid] = _Worker()
        atexit.register(_WORKERS[pid].end)
    return _WORKERS[pid]
