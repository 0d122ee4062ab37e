"""The window in which a person sees which models there are, gets them, and connects servers."""
