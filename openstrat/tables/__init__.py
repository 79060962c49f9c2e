"""Typed tables: models, loading, integrity."""
