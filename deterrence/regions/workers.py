"""Engines in processes of their own: questions go out as SMT-LIB text, and time limits are kept.

Both engines overrun their limits at times, and z3 can crash after it was interrupted; a process can
be ended and started anew, at the price of a millisecond a question.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import flint

from deterrence.polynomials import Polynomial
from deterrence.regions.logic import And, Formula, Literal

__all__ = ["ask", "smt_text"]

_GRACE = 0.25  # seconds beyond its own limit before a process is ended
_STARTING = 5.0  # seconds that a new process may take to be ready
_OPERATORS = {">": ">", ">=": ">=", "==": "=", "!=": "distinct"}


def ask(script: str, question: dict[str, Any], milliseconds: int) -> dict[str, Any] | None:
    """Put a question to the worker that runs a script of this folder; None if no answer comes in time."""
    return _worker(script).ask({**question, "milliseconds": milliseconds}, milliseconds / 1000 + _GRACE)


# -- SMT-LIB ----------------------------------------------------------------------------------------


def smt_text(formulas: Iterable[Formula], width: int) -> str:
    """The formulas over variables v0, v1, ... as an SMT-LIB script without its final question."""
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
    parts = [f"v{k}" for k, power in enumerate(monomial) for _ in range(power)]
    if coefficient != 1 or not parts:
        top, bottom = abs(coefficient.p), coefficient.q
        size = f"{top}.0" if bottom == 1 else f"(/ {top}.0 {bottom}.0)"
        parts.insert(0, size if coefficient >= 0 else f"(- {size})")
    return f"(* {' '.join(parts)})" if len(parts) > 1 else parts[0]


# -- processes --------------------------------------------------------------------------------------


class _Worker:
    """A process that is started at the first question; a thread reads, so that waiting can end."""

    def __init__(self, script: str) -> None:
        self.script = Path(__file__).with_name(script)
        self.lock = threading.Lock()
        self.process: subprocess.Popen[str] | None = None
        self.answers: queue.Queue[str] = queue.Queue()

    def ask(self, question: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        """One question and its answer; None if there is none in time."""
        with self.lock:
            try:
                self._start()
                self._send(json.dumps(question))
                line = self.answers.get(timeout=seconds)
            except (OSError, queue.Empty):
                line = ""
            if not line:
                self.end()
                return None
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _send(self, line: str) -> None:
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()

    def _start(self) -> None:
        """Make sure that a process is there and has said that it is ready."""
        if self.process is not None and self.process.poll() is None:
            return
        self.process = subprocess.Popen(
            [sys.executable, "-P", str(self.script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.answers = queue.Queue()
        threading.Thread(target=_read, args=(self.process, self.answers), daemon=True).start()
        self.answers.get(timeout=_STARTING)

    def end(self) -> None:
        """End the process, if there is one."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.wait()


def _read(process: subprocess.Popen[str], answers: queue.Queue[str]) -> None:
    """Hand on every line; an empty one when the process has ended."""
    if process.stdout is not None:
        for line in process.stdout:
            answers.put(line)
    answers.put("")


_WORKERS: dict[tuple[int, str], _Worker] = {}


def _worker(script: str) -> _Worker:
    """The worker of this process for a script (a forked child starts its own)."""
    place = (os.getpid(), script)
    if place not in _WORKERS:
        _WORKERS[place] = _Worker(script)
        atexit.register(_WORKERS[place].end)
    return _WORKERS[place]
