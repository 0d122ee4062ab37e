"""The history of a study as a list that can be clicked."""
