"""Verbatlas: customer comments as a map that an analyst can read, correct and export."""

__version__ = "0.1.0"
