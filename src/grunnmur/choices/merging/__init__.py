"""Merge plans: what is alike, what pulls apart, what is missing, and what became of every item."""
