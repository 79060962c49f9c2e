"""Attention and use: what stars and downloads have to do with each other, and stars with the people who write the code."""
