"""Top floor: the window that shows a study and turns gestures into edits and jobs."""
