"""Writes: permission, transaction, audit row, and what follows when it is saved."""
