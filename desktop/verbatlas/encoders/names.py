"""The names by which a person chooses the encoders that are always there."""

AUTO, MINILM, UNIVERSAL, LEXICAL = "auto", "minilm", "use-multilingual", "lexical"
