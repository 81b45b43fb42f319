"""One small family of errors; each message says who, what was wanted, what was got, and what to try.

Misuse raises one of these. "No equilibrium here", "undecided" and "time limit" are values, never errors.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

__all__ = [
    "ConceptError",
    "ContradictoryAssumptions",
    "DeterrenceError",
    "FileError",
    "GameError",
    "ModelError",
    "NotPolynomial",
    "ParameterError",
    "PointError",
    "UnknownName",
    "UnknownParameter",
    "nearest",
]


def nearest(name: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The known names most like `name`, best first; upper and lower case are not told apart.

    Examples
    --------
    >>> nearest("a_sq", ["a_SQ", "b_SQ", "p_A"])
    ('a_SQ', 'b_SQ')
    """
    folded: dict[str, list[str]] = {}
    for candidate in known:
        folded.setdefault(candidate.casefold(), []).append(candidate)
    matches = difflib.get_close_matches(name.casefold(), folded, n=limit, cutoff=0.6)
    return tuple(original for match in matches for original in folded[match])[:limit]


def _sentence(text: str) -> str:
    """`text` with a full stop, unless it already ends like a sentence."""
    return text if text.endswith((".", "?", "!")) else text + "."


class DeterrenceError(Exception):
    """Base of every error that the library raises on purpose.

    Parameters
    ----------
    subject : str
        Who it is about: ``'Game "Chicken", move "dare" of A'``.
    wanted, got : str
        What was wanted there, and what was got.
    hint : str
        What to try.
    problem : str
        A clause that takes the place of "wanted ..., got ..." where plain words read better.

    Examples
    --------
    >>> print(DeterrenceError(subject='Parameter "p"', wanted="a number", got="'abc'", hint="Write 1/4 or 0.25"))
    Parameter "p": wanted a number, got 'abc'. Write 1/4 or 0.25.
    """

    def __init__(
        self, *, subject: str = "", wanted: str = "", got: str = "", hint: str = "", problem: str = ""
    ) -> None:
        self.subject, self.wanted, self.got, self.hint, self.problem = subject, wanted, got, hint, problem
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The whole text, as `str` gives it."""
        pair = [f"wanted {self.wanted}"] if self.wanted else []
        pair += [f"got {self.got}"] if self.got else []
        clause = self.problem or ", ".join(pair)
        head = ": ".join(part for part in (self.subject, clause) if part)
        return f"{_sentence(head)} {_sentence(self.hint)}" if self.hint else head

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), dict(self.__dict__))


def _rebuild(kind: type[DeterrenceError], state: dict[str, Any]) -> DeterrenceError:
    """An unpickled error: the same kind, the same fields."""
    error = kind.__new__(kind)
    error.__dict__.update(state)
    error.args = (error.message,)
    return error


class FileError(DeterrenceError, OSError):
    """Raised when a file cannot be written where it was asked for."""


class GameError(DeterrenceError, ValueError):
    """Raised when a game is not well formed: its tree, players, types, payoffs or information."""


class ParameterError(DeterrenceError, ValueError):
    """Raised when a parameter or an assumption is declared wrongly."""


class ContradictoryAssumptions(ParameterError):
    """Raised when no point satisfies all assumptions together."""


class NotPolynomial(DeterrenceError, ValueError):
    """Raised when an expression is not a polynomial (or quotient of polynomials) in the given symbols."""


class PointError(DeterrenceError, ValueError):
    """Raised when a point gives a value that is no exact number, lies outside the assumptions, or is missing."""


class ConceptError(DeterrenceError, ValueError):
    """Raised when a solution concept does not exist or is not defined for the game."""


class ModelError(DeterrenceError, ValueError):
    """Raised when a model cannot be found or its file does not hold a model."""


class UnknownName(DeterrenceError, KeyError):
    """Raised when a name is not among those known; the nearest of these are suggested.

    Parameters
    ----------
    subject, wanted, hint : str
        As for every error of the family.
    got : str
        The name that was asked for.
    known : iterable of str
        The names that would have worked, in the order to show them.

    Examples
    --------
    >>> print(UnknownName(subject="Catalogue", wanted="a model", got="chiken", known=["chicken", "stag_hunt"]))
    Catalogue: wanted a model, got 'chiken'. Did you mean 'chicken'?
    """

    def __init__(
        self, *, subject: str = "", wanted: str = "", got: str = "", known: Iterable[str] = (), hint: str = ""
    ) -> None:
        self.known: tuple[str, ...] = tuple(known)
        super().__init__(subject=subject, wanted=wanted, got=repr(str(got)), hint=hint or self._suggestion(str(got)))

    def _suggestion(self, name: str) -> str:
        """The near matches as a question, or what there is to choose from."""
        near = nearest(name, self.known)
        if near:
            return f"Did you mean {' or '.join(map(repr, near))}?"
        shown = ", ".join(map(repr, self.known[:12])) + (", ..." if len(self.known) > 12 else "")
        return f"Known are {shown}" if self.known else ""


class UnknownParameter(UnknownName, ParameterError):
    """Raised when a symbol or name is not a declared parameter."""
