"""The map: every document a point, every cluster a colour and a name. Nothing here is imported with the package."""
