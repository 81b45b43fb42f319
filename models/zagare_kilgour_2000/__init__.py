"""Zagare and Kilgour, Perfect Deterrence (2000), and the articles it gathers."""
