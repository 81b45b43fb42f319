"""Payoff tables: pairs of supports with symbols, and numbers given to Nashpy."""
