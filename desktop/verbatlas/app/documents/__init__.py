"""The table of all comments: reading, sorting, choosing rows."""
