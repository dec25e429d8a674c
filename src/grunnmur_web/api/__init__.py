"""The same pages as open data: read only, the same visibility, the same numbers."""
