"""What the comments speak of: groups of sentences with names, sizes, quotes and a stability figure."""

from textinnsikt.clusters.clusters import CommentClusters
from textinnsikt.clusters.contacts import cluster_mentions
from textinnsikt.clusters.placing import read_clusters, write_clusters
from textinnsikt.clusters.result import ClusterResult

__all__ = ["ClusterResult", "CommentClusters", "cluster_mentions", "read_clusters", "write_clusters"]
