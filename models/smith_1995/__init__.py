"""Smith, Alliance Formation and War (1995)."""
