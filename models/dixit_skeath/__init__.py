"""Dixit and Skeath, Games of Strategy."""
