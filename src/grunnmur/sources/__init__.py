"""Where knowledge comes from: documents and open statistics."""
