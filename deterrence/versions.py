"""Which versions of what an answer rests on."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

PACKAGES = ("deterrence", "sympy", "python-flint", "z3-solver", "cvc5")


@lru_cache(maxsize=1)
def versions() -> tuple[tuple[str, str], ...]:
    """Name and version of this package and the engines that are installed."""
    found = []
    for package in PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            continue
    return tuple(found)
