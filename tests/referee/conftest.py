"""Comparisons with Gambit are collected only where its Python package is installed."""

import importlib.util

collect_ignore = [] if importlib.util.find_spec("pygambit") else ["test_gambit.py"]
