"""The site: a Django shell around the framework-free core."""
