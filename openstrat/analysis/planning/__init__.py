"""Which layers to open and under which license: every combination of license families searched, the frontier priced."""
