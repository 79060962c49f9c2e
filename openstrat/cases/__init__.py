"""Case files: a strategist's question as one checked YAML document."""
