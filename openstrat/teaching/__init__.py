"""Lessons: answer checks that say the first useful difference."""
