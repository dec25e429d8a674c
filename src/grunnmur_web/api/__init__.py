"""The same pages as open data."""
