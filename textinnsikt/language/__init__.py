"""Norwegian text."""

from textinnsikt.language.sentences import split_sentences
