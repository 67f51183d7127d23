"""What goes with the score: associations between what the comments say and the score the contact got."""

from textinnsikt.factors.cluster_factors import ClusterFactors, ClusterFactorsResult
from textinnsikt.factors.corrected import CorrectionResult
from textinnsikt.factors.expectations import Expectations, ExpectationsResult
from textinnsikt.factors.factors import SuccessFactors
from textinnsikt.factors.importance import dominance, importance_from_moments, relative_importance
from textinnsikt.factors.ranking import CentreRanking, RankingResult
from textinnsikt.factors.ranksets import rank_sets
from textinnsikt.factors.result import FactorResult, strongest
from textinnsikt.factors.theme_importance import ImportanceResult, ThemeImportance
from textinnsikt.factors.winners import ClassWinners, WinnersResult

__all__ = [
    "CentreRanking",
    "ClassWinners",
    "ClusterFactors",
    "ClusterFactorsResult",
    "CorrectionResult",
    "Expectations",
    "ExpectationsResult",
    "FactorResult",
    "ImportanceResult",
    "RankingResult",
    "SuccessFactors",
    "ThemeImportance",
    "WinnersResult",
    "dominance",
    "importance_from_moments",
    "rank_sets",
    "relative_importance",
    "strongest",
]
