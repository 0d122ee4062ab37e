"""The card of a cluster: what a person reads before trusting it, and what can be done with it."""
