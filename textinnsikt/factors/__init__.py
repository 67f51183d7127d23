"""What goes with the score: associations between what the comments say and the score the contact got."""

from textinnsikt.factors.factors import SuccessFactors
from textinnsikt.factors.result import FactorResult, strongest

__all__ = ["FactorResult", "SuccessFactors", "strongest"]
