"""What codes and values are called, in the reader's language."""
