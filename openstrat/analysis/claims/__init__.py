"""Common claims about openness, each with a test over the tables where one is possible; pure functions, one a test."""
