"""What is played: players with private types, the tree of their moves, payoffs as symbols."""

from deterrence.games.extensive import ExtensiveGame
from deterrence.games.information import Label, Position, Step
from deterrence.games.payoffs import ByType, Payoff, by_type
from deterrence.games.priors import Types, types
from deterrence.games.tree import Chance, Move, Node, Outcome, chance, move, outcome

__all__ = [
    "ByType",
    "Chance",
    "ExtensiveGame",
    "Label",
    "Move",
    "Node",
    "Outcome",
    "Payoff",
    "Position",
    "Step",
    "Types",
    "by_type",
    "chance",
    "move",
    "outcome",
    "types",
]
