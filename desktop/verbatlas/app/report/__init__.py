"""The study as one HTML file for those who do not have the program."""
