"""Notebooks to reports: parameters, execution, rendering, publishing."""
