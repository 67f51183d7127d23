"""Batch tagging at any size: streaming, resumable, on one machine or with Ray on several."""

from textinnsikt.scale.job import TagSettings, TagSummary, tag_files

__all__ = ["TagSettings", "TagSummary", "tag_files"]
