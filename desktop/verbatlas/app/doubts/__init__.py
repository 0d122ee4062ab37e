"""The second look: the parts of all named clusters whose name is most doubtful, in one list."""
