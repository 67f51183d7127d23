"""A study: reading it, checking it, and the form in which later stages see it."""

from textinnsikt.study.example import example_study
from textinnsikt.study.foreign import foreign_rows
from textinnsikt.study.reading import read_study
from textinnsikt.study.study import CONTACT_COLUMNS, Study
from textinnsikt.study.tagged import MENTIONS, VALUES, TaggedStudy, themes_of
from textinnsikt.study.tagged_file import read_tagged, write_rejected, write_tagged, write_tagged_file

__all__ = [
    "CONTACT_COLUMNS",
    "MENTIONS",
    "VALUES",
    "Study",
    "TaggedStudy",
    "example_study",
    "foreign_rows",
    "read_study",
    "read_tagged",
    "themes_of",
    "write_rejected",
    "write_tagged",
    "write_tagged_file",
]
