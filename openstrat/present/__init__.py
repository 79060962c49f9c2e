"""Results to look at: theme, charts, tables, prose, widgets."""
