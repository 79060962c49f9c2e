"""Choosing among options whose values are uncertain: regret, named futures, ties, sensitivity, and what would change the choice.

Functions here know nothing of licenses: they take the value of each option in each draw (arrays of equal length) and answer in the
unit of those values.
"""
