"""An independent referee: it decides with plain fractions what is an equilibrium of a game with numbers.

It shares no code with the solvers, so that the two can contradict each other.
"""
