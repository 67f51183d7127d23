"""What the comments speak of: groups of sentences with names, sizes, quotes and a stability figure."""

from textinnsikt.clusters.clusters import CommentClusters
from textinnsikt.clusters.result import ClusterResult

__all__ = ["ClusterResult", "CommentClusters"]
