"""Levels of arms and the like: first-order conditions with corners, and where they are best replies."""
