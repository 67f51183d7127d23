"""A study: reading it, checking it, and the form in which later stages see it."""

from textinnsikt.study.study import CONTACT_COLUMNS, Study
from textinnsikt.study.tagged import MENTIONS, VALUES, TaggedStudy, themes_of

__all__ = ["CONTACT_COLUMNS", "MENTIONS", "VALUES", "Study", "TaggedStudy", "themes_of"]
