"""Licenses: what their terms make of a work, who may use it, what they ask, and how they fit together."""
