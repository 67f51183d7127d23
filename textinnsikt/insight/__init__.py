"""What a study says, as a report, slides and a workbook."""

from textinnsikt.insight.folder import read_insight
from textinnsikt.insight.insight import Insight
from textinnsikt.insight.workshop import slugs

__all__ = ["Insight", "read_insight", "slugs"]
