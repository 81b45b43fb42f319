"""Expressions and conditions as text and back, by a parser of our own that evaluates no code.

The text is what SymPy prints: ``(a_DC - a_SQ)/(a_DC - a_CD)``, ``p_A < 1/2 and p_B >= q``, with
chains (``0 < p < q``), ``and``, ``or``, ``not``, ``always`` and ``never``.  A symbol whose name is
no identifier stands in double quotes.  Only declared symbols are read.
"""

from deterrence.notation.reading import parse, parse_condition
from deterrence.notation.writing import write, write_condition

__all__ = ["parse", "parse_condition", "write", "write_condition"]
