"""Where it holds: semialgebraic conditions on parameters, decided exactly."""
