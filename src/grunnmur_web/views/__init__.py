"""Requests in, pages out; no arithmetic."""
