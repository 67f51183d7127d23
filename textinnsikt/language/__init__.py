"""Norwegian text: its sentences and words, the language it is written in, and the masking of personal data."""

from textinnsikt.language.languages import detect_all, detect_language
from textinnsikt.language.masking import mask, mask_all
from textinnsikt.language.sentences import split_sentences
from textinnsikt.language.words import STOP_WORDS, tokenize_words

__all__ = ["STOP_WORDS", "detect_all", "detect_language", "mask", "mask_all", "split_sentences", "tokenize_words"]
