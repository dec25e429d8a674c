"""The pages of merging plans."""
