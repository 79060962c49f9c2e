"""What changed around an event, beside projects without one: windows, donors, synthetic control, interrupted series, many tests."""
