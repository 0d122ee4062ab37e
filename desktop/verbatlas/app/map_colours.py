"""What a study's map can be coloured by, and the colouring of a choice."""

from verbatlas.app.map.colouring import BY_CLUSTER, BY_STRENGTH, ColourChoice, Colouring, by_column, by_strength
from verbatlas.study import Study
from verbatlas.words import gettext as _


def colour_choices(study: Study) -> list[ColourChoice]:
    """Return what the map can be coloured by besides clusters: the strength and every column that is not the text."""
    labels = study.table.labels()
    columns = [column for column in range(study.table.n_columns) if column not in study.text_columns]
    return [
        ColourChoice(BY_STRENGTH, _("how clearly it belongs")),
        *(ColourChoice(str(column), labels[column]) for column in columns),
    ]


def colouring_of(study: Study, key: str) -> Colouring | None:
    """Return the colouring of a choice; None for the clusters' own colours. Takes a while for a large table."""
    if key == BY_CLUSTER:
        return None
    if key == BY_STRENGTH:
        assert study.labelling is not None
        return by_strength(study.labelling.strengths)
    column = int(key)
    return by_column(study.table.labels()[column], study.table.column(column))
