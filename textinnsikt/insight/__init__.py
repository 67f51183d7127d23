"""What a study says, as a report, slides and a workbook."""

from textinnsikt.insight.insight import Insight

__all__ = ["Insight"]
