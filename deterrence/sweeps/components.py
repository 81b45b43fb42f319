"""Equilibria of many bimatrix games that stand for extensive games, told apart by what happens.

Plans of an extensive game tie wherever a part of the tree is not reached, so that its equilibria
come in continua; in almost every game what happens is the same all over such a continuum (Kreps and
Wilson 1982).  A tie that changes nothing of what happens is off the path.  A game is degenerate only
if a tie changes what happens, or if a candidate on the border of its supports leads to something
that no equilibrium found leads to.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from deterrence.sweeps.bimatrix import Games, SupportPair

SAME = 1e-7  # probabilities of outcomes that differ by less are one


@dataclass
class Found:
    """The equilibria of N games: for each pair of supports that is one somewhere, mixtures and regret.

    Attributes
    ----------
    row, column : dict of place of a pair to array of shape (m, N) or (n, N)
    regret : dict of place of a pair to array of shape (N,)
        NaN where the pair is no equilibrium.
    degenerate, off_path : array of shape (N,)
        Where a tie changes what happens, and where some tie does not.
    """

    degenerate: np.ndarray
    off_path: np.ndarray
    row: dict[int, np.ndarray] = field(default_factory=dict)
    column: dict[int, np.ndarray] = field(default_factory=dict)
    regret: dict[int, np.ndarray] = field(default_factory=dict)


def solve_games(games: Games, ends: np.ndarray, pairs: tuple[SupportPair, ...]) -> Found:
    """Try every pair of supports.

    Parameters
    ----------
    games : Games
    ends : array of shape (outcomes, m, n, N)
        Probability of each outcome for each pair of plans.
    pairs : tuple of pairs of supports
    """
    count = games.degenerate.size
    found = Found(np.zeros(count, dtype=bool), np.zeros(count, dtype=bool))
    seen: list[np.ndarray] = []
    border: list[tuple[np.ndarray, np.ndarray]] = []
    for k, (rows_in, columns_in) in enumerate(pairs):
        with np.errstate(all="ignore"):
            tried = games.attempt(rows_in, columns_in)
        if tried.ok.any():
            found.row[k], found.column[k], found.regret[k] = tried.row, tried.column, tried.regret
            seen.append(_happens(ends, tried.row, tried.column))
            _ties(found, ends, tried.row, tried.column, tried.ties)
        only = np.flatnonzero(tried.border)
        if only.size:
            border.append((only, _happens(ends[..., only], tried.whole_row[:, only], tried.whole_column[:, only])))
    for only, ending in border:
        known = np.zeros(only.size, dtype=bool)
        for other in seen:
            known |= np.abs(ending - other[:, only]).max(axis=0) < SAME  # false where the other is NaN
        found.degenerate[only] |= ~known
        found.off_path[only] |= known
    return found


def _happens(ends: np.ndarray, row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Probability of each outcome, shape (outcomes, N)."""
    return np.einsum("in,tijn,jn->tn", row, ends, column)


def _ties(
    found: Found, ends: np.ndarray, row: np.ndarray, column: np.ndarray, ties: tuple[np.ndarray, np.ndarray]
) -> None:
    """Note where a plan outside the supports is as good as those inside, and whether it changes what happens."""
    here = _happens(ends, row, column)
    against = (np.einsum("tijn,jn->itn", ends, column), np.einsum("in,tijn->jtn", row, ends))
    for tied, ending in zip(ties, against, strict=True):
        differs = np.abs(ending - here).max(axis=1) >= SAME  # false where there is no equilibrium
        found.degenerate |= (tied & differs).any(axis=0)
        found.off_path |= (tied & ~differs).any(axis=0)
