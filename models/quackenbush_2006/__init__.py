"""Quackenbush on three-party deterrence (2006)."""
