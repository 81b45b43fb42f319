"""How long the forms of game other than trees take: ``python benchmarks/forms.py``."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sympy as sp

from deterrence.games.bargaining import BargainingGame, offer
from deterrence.games.coalition import CoalitionGame
from deterrence.games.continuous import ContinuousGame
from deterrence.games.strategic import StrategicGame
from deterrence.games.symmetric import SymmetricGame
from deterrence.games.tree import chance, move, outcome
from deterrence.parameters import Parameters
from deterrence.solvers.coalitions.coalition import dummies, essential, minimal_winning, system_stable
from deterrence.solvers.coalitions.power import banzhaf, shapley
from deterrence.solvers.levels.continuous import solve_continuous
from deterrence.solvers.offers.bargaining import solve_bargaining
from deterrence.solvers.symmetric.search import solve_symmetric
from deterrence.solvers.tables.strategic import solve_strategic

HERE = Path(__file__).parent


def bimatrix(size: int) -> StrategicGame:
    """A table with a symbol for every payoff."""
    P = Parameters()
    cells = [(i, j) for i in range(size) for j in range(size)]
    arrays = []
    for who in "ab":
        symbols = P.real(" ".join(f"{who}{i}{j}" for i, j in cells))
        arrays.append([list(symbols[i * size : (i + 1) * size]) for i in range(size)])
    names = {p: [f"{p}{k}" for k in range(size)] for p in "rc"}
    return StrategicGame("General", parameters=P, actions=names, payoffs=arrays)


def three_players() -> StrategicGame:
    """Three states, each of whom matches or not."""
    P = Parameters()
    a, b = P.ordered("0 < a < b")

    def cell(*profile: str) -> tuple[Any, ...]:
        return tuple(b - a if own == "balance" else b * min(1, profile.count("balance")) for own in profile)

    return StrategicGame("Three", parameters=P, actions={p: ["balance", "pass"] for p in "XYZ"}, payoffs=cell)


def threshold(own: str, others: Any) -> int:
    """Two must balance."""
    mine = int(own == "balance")
    return 40 * int(others["balance"] + mine >= 2) - mine


def arms() -> ContinuousGame:
    """Arms or allies."""
    P = Parameters()
    al, be, ga, th, W, A = P.positive("al be ga th W A")
    a, x = sp.symbols("a x", real=True)
    payoff = al * sp.log(a + th * x) + be * sp.log(A - x) + ga * sp.log(W - a)
    return ContinuousGame("Arms", parameters=P, levels={"S": {a: (0, W), x: (0, A)}}, payoffs={"S": payoff})


def screening() -> BargainingGame:
    """A demand to a receiver of two types."""
    P = Parameters()
    p, r = P.probability("p r")
    lo, hi = P.ordered("0 < lo < hi")
    c = P.positive("c")
    x = sp.Symbol("x", real=True)

    def side(kind: str, cost: Any) -> Any:
        deal, war = outcome("Deal", A=x, B=1 - x), outcome("War", A=p - c, B=1 - p - cost)
        return move("B", f"reply of {kind}", accept=deal, fight=war)

    tree = offer("A", "demand", x, chance("type", tough=(r, side("tough", lo)), weak=(1 - r, side("weak", hi))))
    return BargainingGame("Screening", parameters=P, players=["A", "B"], tree=tree)


def cold(code: str) -> float:
    """Seconds that a statement takes in a new process, engines and imports of its own included."""
    script = f"import time, sys; sys.path.insert(0, {str(HERE)!r}); import forms\nt = time.perf_counter(); {code}\n"
    done = subprocess.run(
        [sys.executable, "-c", script + "print(time.perf_counter() - t)"], capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1])


def first(game: CoalitionGame, number: int) -> dict[str, Any]:
    """The resources of the first so many states."""
    return {p: game.resources[p] for p in game.players[:number]}


def many_states() -> CoalitionGame:
    """Twenty states with resources of any size."""
    rng = random.Random(1)
    return CoalitionGame("Many", resources={f"S{k}": rng.randint(1, 10**9) for k in range(20)})


def measures(game: CoalitionGame) -> tuple[Any, ...]:
    """What Niou, Ordeshook and Rose ask of a system, and the power indices."""
    return essential(game), dummies(game), system_stable(game), shapley(game), banzhaf(game)


def main() -> None:
    """Print one line for each form."""
    many = many_states()
    worths = CoalitionGame("Worths", players=[f"S{k}" for k in range(20)], worth=lambda c: len(c) ** 2)
    everyone = SymmetricGame("Threshold", players=range(2, 201), actions=["balance", "pass"], payoff=threshold)
    tasks: list[tuple[str, float, Callable[[], Any]]] = [
        ("bimatrix 2x2, a symbol each", 0.3, lambda: solve_strategic(bimatrix(2))),
        ("bimatrix 3x3, a symbol each", 20, lambda: solve_strategic(bimatrix(3))),
        ("three players, two actions", 60, lambda: solve_strategic(three_players(), time_limit=60)),
        ("symmetric threshold, n = 2..200", 5, lambda: solve_symmetric(everyone)),
        ("essential, stable, power, n = 20", 5, lambda: measures(many)),
        ("minimal winning, n = 14", 5, lambda: minimal_winning(CoalitionGame("N", resources=first(many, 14)))),
        ("Shapley of worths, n = 20", 5, lambda: shapley(worths)),
        ("levels: arms or allies", 10, lambda: solve_continuous(arms())),
        ("offers: screening two types", 5, lambda: solve_bargaining(screening())),
    ]
    print(f"{'form':34} {'limit':>8} {'seconds':>8}")
    print(f"{'bimatrix 2x2, first of a process':34} {'':>8} {cold('forms.solve_strategic(forms.bimatrix(2))'):8.2f}")
    solve_strategic(bimatrix(2))  # from here on the engines are loaded
    for name, limit, run in tasks:
        started = time.perf_counter()
        run()
        print(f"{name:34} {limit:8.1f} {time.perf_counter() - started:8.2f}")


if __name__ == "__main__":
    main()
