"""Models as files: which are on this computer, and how others come from the hub, safely."""
