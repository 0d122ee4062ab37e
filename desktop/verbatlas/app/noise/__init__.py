"""The comments that are in no cluster, and what can be done about them."""
