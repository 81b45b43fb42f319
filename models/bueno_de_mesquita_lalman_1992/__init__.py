"""Bueno de Mesquita and Lalman, War and Reason (1992)."""
