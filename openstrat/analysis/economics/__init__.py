"""What an option is worth: adoption, value, events and cost by quarter, over draws of every uncertain input.

The model ranks options and shows what the ranking depends on; it does not forecast revenue. Most coefficients are assumptions with a
range, and every one of them stands in the tables `assumptions`, `family_coefficients`, `model_constants` and `futures`.
"""
