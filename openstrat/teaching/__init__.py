"""Lessons: answer checks that say the first useful difference."""

from openstrat.teaching.checks import Feedback, check_answer
from openstrat.teaching.spectrum import check_spectrum, spectrum_solution

__all__ = ["Feedback", "check_answer", "check_spectrum", "spectrum_solution"]
