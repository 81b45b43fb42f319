"""Tests draw the same examples every time, and never fail for being slow; engines must never contradict one another.

Every question about a region that a test settles is recorded.  At the end of the session cvc5 and exact
sample points answer a sample of them, the same in every run, within `DETERRENCE_CROSS_CHECK_SECONDS`
(20 by default); a contradiction fails the session.  A contradiction that the library sees itself is an
error wherever it comes up.
"""

import os
import random
import time
import zlib

import pytest
from hypothesis import settings

from deterrence.regions import decide
from deterrence.regions.logic import holds
from deterrence.regions.points import assumed
from deterrence.regions.second import ask_cvc5

SECONDS = float(os.environ.get("DETERRENCE_CROSS_CHECK_SECONDS", "20"))
MILLISECONDS = 500
MOST = 20_000

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


def pytest_configure(config):
    config.addinivalue_line("filterwarnings", "error::deterrence.regions.decide.EnginesDisagree")


class CrossCheck:
    """The questions asked so far, each once, with the answer of the library."""

    def __init__(self):
        self.asked = {}

    def __call__(self, formula, assumptions, status):
        if not isinstance(formula, bool) and len(self.asked) < MOST:
            self.asked.setdefault((formula, assumptions), status)

    def contradictions(self, seconds):
        """What cvc5 or a sample point denies, in a fixed order, as far as the time goes."""
        deadline = time.monotonic() + seconds
        ordered = sorted(self.asked.items(), key=lambda entry: zlib.crc32(repr(entry[0][0]).encode()))
        for (formula, assumptions), status in ordered:
            if time.monotonic() > deadline:
                return
            denied = denial(formula, assumptions, status)
            if denied:
                yield f"{status} of {formula} under {assumptions}: {denied}"


def denial(formula, assumptions, status):
    """Who says otherwise, and what."""
    second = ask_cvc5([assumed(assumptions), formula], max(1, len(assumptions.ring.symbols)), MILLISECONDS)
    if {second, status} == {"sat", "unsat"}:
        return f"cvc5 says {second}"
    if status == "unsat":
        from tests.regions.random_regions import points

        for point in points(random.Random(1), assumptions, formula, 12):
            if holds(formula, assumptions.ring, point):
                return f"it holds at {point}"
    return ""


@pytest.fixture(scope="session", autouse=True)
def cross_checked():
    """Ask again, at the end, what the tests of this session asked."""
    check = CrossCheck()
    decide.observers.append(check)
    yield check
    decide.observers.remove(check)
    found = list(check.contradictions(SECONDS))
    assert not found, "engines contradict one another:\n" + "\n".join(found)
