"""The map of a study as a file: PNG, SVG or PDF."""

from pathlib import Path

from verbatlas.app.map.pdf_picture import save_pdf
from verbatlas.app.map.picture import PictureStyle, draw_map, save_picture
from verbatlas.app.map.vector_picture import draw_svg, save_svg
from verbatlas.app.map_data import map_data
from verbatlas.study import Study


def save_map_picture(study: Study, path: Path, style: PictureStyle) -> Path:
    """Draw the map with the clusters' names, as the ending of ``path`` says, and return where.

    Raises:
        UserError: The file cannot be written.
    """
    data = map_data(study)
    match path.suffix.lower():
        case ".svg":
            save_svg(path, draw_svg(data, style))
        case ".pdf":
            save_pdf(path, data, style)
        case _:
            save_picture(path, draw_map(data, style))
    return path
