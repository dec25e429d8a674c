"""Grunnmur: what a municipality knows, chooses, does and achieves, in one traceable chain."""

__version__ = "26.1.0"
