"""Filters: which comments count, by what stands in the other columns."""
