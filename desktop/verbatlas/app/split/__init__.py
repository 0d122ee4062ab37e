"""Splitting a cluster: its parts are seen before they are made."""
