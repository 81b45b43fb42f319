"""Morrow, Alliances, Credibility, and Peacetime Costs (1994)."""
