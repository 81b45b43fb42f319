"""Kreps and Wilson, Reputation and Imperfect Information (1982)."""
