"""Exact symbolic equilibria of deterrence and alliance games.

Write a model as the paper prints it - players, types, tree, payoffs as symbols - and get every
equilibrium with the exact condition under which it exists.  Names are loaded when first used.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "Parameters": "deterrence.parameters",
    "ExtensiveGame": "deterrence.games",
    "move": "deterrence.games",
    "chance": "deterrence.games",
    "outcome": "deterrence.games",
    "types": "deterrence.games",
    "by_type": "deterrence.games",
    "Region": "deterrence.regions",
    "Verdict": "deterrence.regions",
    "solve": "deterrence.solvers",
    "verify": "deterrence.solvers",
    "Equilibrium": "deterrence.equilibria",
    "Equilibria": "deterrence.equilibria",
    "Model": "deterrence.model",
    "load": "deterrence.catalogue",
    "Claim": "deterrence.claims",
    "sweep": "deterrence.sweeps",
    "sweep_to": "deterrence.sweeps",
    "grid": "deterrence.sweeps",
    "solve_bimatrix": "deterrence.sweeps",
    "solve_numeric": "deterrence.sweeps",
    "sample": "deterrence.sweeps",
    "Written": "deterrence.sweeps",
    "SweepError": "deterrence.sweeps",
    "StoreError": "deterrence.sweeps",
    "explore": "deterrence.explorer",
    "report": "deterrence.views.report",
    "StrategicGame": "deterrence.games.strategic",
    "SymmetricGame": "deterrence.games.symmetric",
    "ContinuousGame": "deterrence.games.continuous",
    "CoalitionGame": "deterrence.games.coalition",
    "BargainingGame": "deterrence.games.bargaining",
    "offer": "deterrence.games.bargaining",
    "deterrence_shares": "deterrence.illusory",
    "without_threat": "deterrence.counterfactuals",
    "dominance": "deterrence.iterated_dominance",
    "refine": "deterrence.refinements",
    "risk_dominance": "deterrence.selection",
    "payoff_dominance": "deterrence.selection",
    "numeric_nash": "deterrence.solvers.tables.numeric_nash",
    "numeric_levels": "deterrence.solvers.levels.numeric_levels",
    "reaction": "deterrence.solvers.levels.reactions",
    "response": "deterrence.solvers.levels.reactions",
    "core": "deterrence.solvers.coalitions.coalition",
    "winning": "deterrence.solvers.coalitions.coalition",
    "minimal_winning": "deterrence.solvers.coalitions.coalition",
    "essential": "deterrence.solvers.coalitions.coalition",
    "dummies": "deterrence.solvers.coalitions.coalition",
    "system_stable": "deterrence.solvers.coalitions.coalition",
    "stable_structures": "deterrence.solvers.coalitions.coalition",
    "shapley": "deterrence.solvers.coalitions.power",
    "banzhaf": "deterrence.solvers.coalitions.power",
    "ultimatum": "deterrence.solvers.offers.blocks",
    "nash_bargaining": "deterrence.solvers.offers.blocks",
    "alternating_offers": "deterrence.solvers.offers.blocks",
}
_MODULES = ("contests", "plot")
__all__ = ["__version__", *_HOME, *_MODULES]  # noqa: PLE0604 - the keys are strings


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"deterrence.{name}")
    if name not in _HOME:
        raise AttributeError(f"module 'deterrence' has no attribute {name!r}")
    module = importlib.import_module(_HOME[name])
    value = getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
