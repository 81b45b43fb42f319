"""States that are alike: how many act, and who mixes at which rate."""
