"""What a picture of a study's map shows."""

from verbatlas.app.map.picture import MapData
from verbatlas.study import Study


def map_data(study: Study) -> MapData:
    """Return the map of a study that has one."""
    labelling, layout = study.labelling, study.layout
    assert labelling is not None
    assert layout is not None
    return MapData(
        layout,
        labelling.members,
        names={id_: cluster.name for id_, cluster in labelling.clusters.items()},
        colours={id_: cluster.colour for id_, cluster in labelling.clusters.items()},
        title=study.source.name if study.source is not None else study.path.stem,
    )
