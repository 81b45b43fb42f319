"""Trees with offers of a share, and three classical bargains."""
