"""Long work in a process of its own: progress, cancel, and a crash that becomes a plain message."""
