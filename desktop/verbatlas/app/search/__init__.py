"""The search: what a person looks for in the comments."""
