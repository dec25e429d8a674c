"""Goals and choices (veivalg): plans, and many plans merged into one with a trace."""
