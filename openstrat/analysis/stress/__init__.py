"""A better-funded competitor forks us tomorrow: what such forks did to others, what would be left, what it would take to survive."""
