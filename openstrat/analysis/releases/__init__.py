"""Releases: where they sit on the spectrum, how complete they are, and whether claims agree with terms."""
