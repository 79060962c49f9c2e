"""The economics of a case on a page: options, regret, what drives the difference, and what would change the choice."""
