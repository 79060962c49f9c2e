"""The concepts that strategists argue about, as rules: facts of a case or rows of a table in, one finding out."""
