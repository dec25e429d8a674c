"""The ``grunnmur`` command: argument parsing only, one module per command."""
