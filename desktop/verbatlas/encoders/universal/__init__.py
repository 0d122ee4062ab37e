"""The Universal Sentence Encoder for many languages: a small network that comes with Verbatlas, run by numpy."""
