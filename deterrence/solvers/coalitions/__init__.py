"""What coalitions can do: stability, the core, power."""
