"""Django's own commands, and ours."""
