"""What each page shows, as dataclasses."""
