"""Ground floor: embeddings to layout, clusters, keywords and names, as pure functions on arrays.

The functions live in the modules that their names suggest; importing them from there keeps this package light.
"""

from verbatlas.analysis.adjacency import neighbouring_clusters
from verbatlas.analysis.clustering import MOST_DETAIL, Clustering, Method, cluster
from verbatlas.analysis.description import Description, describe
from verbatlas.analysis.layout import arrange
from verbatlas.analysis.neighbours import NeighbourGraph, nearest_neighbours
from verbatlas.analysis.wording import Wording

__all__ = [
    "MOST_DETAIL",
    "Clustering",
    "Description",
    "Method",
    "NeighbourGraph",
    "Wording",
    "arrange",
    "cluster",
    "describe",
    "nearest_neighbours",
    "neighbouring_clusters",
]
