"""Fearon, Signaling Foreign Policy Interests (1997)."""
