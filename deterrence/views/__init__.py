"""How answers are shown: plain text, LaTeX, HTML and JSON."""
