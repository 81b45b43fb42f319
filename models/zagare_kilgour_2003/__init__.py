"""Zagare and Kilgour on alignment and extended deterrence (2003, 2006)."""
