"""Strands whose literature is verbal: the formalisations are ours, and the sources are named."""
