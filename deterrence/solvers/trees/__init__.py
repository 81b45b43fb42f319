"""Trees: supports, beliefs and incentives, settled one profile after another."""
