"""A report as one HTML file: it needs nothing from elsewhere, runs no script, and prints well."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from verbatlas.app.map.palette import LIGHT, cluster_colour, noise_colour
from verbatlas.app.map.picture import PictureStyle
from verbatlas.app.map.vector_picture import draw_svg
from verbatlas.app.map_data import map_data
from verbatlas.app.report.report_data import ReportCluster, ReportData, report_data
from verbatlas.study import Study
from verbatlas.tables.whole_file import write_whole
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_MAP = PictureStyle(width=1400, height=820, scheme=LIGHT, has_title=False)
_STYLE = """
body { font: 15px/1.5 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #20242b;
  background: #f6f6f3; margin: 0; }
main { max-width: 1040px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 28px; margin: 0 0 4px; } h2 { font-size: 19px; margin: 36px 0 10px; }
.lead, .quiet { color: #5c626c; } .lead { margin: 0 0 20px; }
.map svg { width: 100%; height: auto; border: 1px solid #e2e2dc; border-radius: 10px; display: block; }
table { width: 100%; border-collapse: collapse; background: #fff; border: 1px solid #e2e2dc; border-radius: 10px; }
th, td { text-align: left; padding: 7px 12px; border-bottom: 1px solid #eeeeea; vertical-align: top; }
th { font-size: 13px; color: #5c626c; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr:last-child td { border-bottom: none; }
.dot { display: inline-block; width: 10px; height: 10px; border-radius: 50%; margin-right: 8px; }
.bar { display: block; height: 5px; border-radius: 3px; margin-top: 4px; opacity: .6; }
section { background: #fff; border: 1px solid #e2e2dc; border-radius: 10px; padding: 14px 20px; margin: 12px 0;
  break-inside: avoid; }
section h3 { margin: 0 0 4px; font-size: 17px; }
blockquote { margin: 8px 0; padding: 0 0 0 12px; border-left: 3px solid #e2e2dc; }
.note { background: #eaf1fd; border-radius: 8px; padding: 8px 12px; white-space: pre-wrap; }
@media print { body { background: #fff; } }
"""


def save_report(study: Study, path: Path) -> Path:
    """Write the report of a study and return where.

    Raises:
        UserError: The disk is full, or the file or folder cannot be written; what was there before is there still.
    """
    text = report_html(report_data(study), draw_svg(map_data(study), _MAP))
    write_whole(path, lambda file: file.write(text.encode("utf-8", "replace")))
    return path


def report_html(data: ReportData, picture: str) -> str:
    """Return the report.

    Args:
        data: What it says.
        picture: The map as an SVG document.
    """
    return "".join(_parts(data, picture))


def _parts(data: ReportData, picture: str) -> Iterator[str]:
    title = escape(data.title)
    yield f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title>\n'
    # No script, no style and no picture from anywhere else, whatever the comments contain.
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield f'<style>{_STYLE}</style></head>\n<body><main>\n<h1>{title}</h1>\n<p class="lead">{_lead(data)}</p>\n'
    yield f'<div class="map">{picture[picture.index("<svg") :]}</div>\n'
    yield f"<h2>{escape(_('Clusters'))}</h2>\n<table><tr>"
    has_groups = any(cluster.group for cluster in data.clusters)
    group = [_("Group")] if has_groups else []
    for heading in (_("Cluster"), *group, _("Comments"), _("Share"), _("What it is about")):
        yield f"<th>{escape(heading)}</th>"
    yield "</tr>\n"
    largest = max((cluster.size for cluster in data.clusters), default=1)
    for cluster in data.clusters:
        yield _row(cluster, largest, has_groups=has_groups)
    yield f"</table>\n<h2>{escape(_('Typical comments'))}</h2>\n"
    for cluster in data.clusters:
        if cluster.typical or cluster.note:
            yield from _section(cluster, data)
    yield f'<p class="quiet">{escape(_("Made with Verbatlas."))}</p>\n</main></body></html>\n'


def _lead(data: ReportData) -> str:
    comments = ngettext("{count} comment", "{count} comments", data.n_documents).format(count=f"{data.n_documents:,}")
    n_clusters = sum(cluster.colour is not None for cluster in data.clusters)
    clusters = ngettext("{count} cluster", "{count} clusters", n_clusters).format(count=f"{n_clusters:,}")
    parts = [comments, clusters]
    if data.n_noise:
        words = ngettext("{count} comment in no cluster", "{count} comments in no cluster", data.n_noise)
        parts.append(words.format(count=f"{data.n_noise:,}"))
    if data.time is not None:
        parts.append(_("{first} to {last}").format(first=data.time[1], last=data.time[2]))
    return escape("  ·  ".join(parts))


def _row(cluster: ReportCluster, largest: int, *, has_groups: bool) -> str:
    colour = _colour(cluster)
    group = f"<td>{escape(cluster.group)}</td>" if has_groups else ""
    width = f"{100 * cluster.size / max(1, largest):.1f}%"
    return (
        f'<tr><td><span class="dot" style="background:{colour}"></span>{escape(cluster.name)}</td>'
        f"{group}"
        f'<td class="number">{cluster.size:,}<span class="bar" style="background:{colour};width:{width}"></span></td>'
        f'<td class="number">{cluster.share:.1%}</td>'
        f'<td class="quiet">{escape(_(", ").join(cluster.keywords))}</td></tr>\n'
    )


def _section(cluster: ReportCluster, data: ReportData) -> Iterator[str]:
    colour = _colour(cluster)
    yield f'<section><h3><span class="dot" style="background:{colour}"></span>{escape(cluster.name)}</h3>\n'
    if cluster.note:
        yield f'<p class="note">{escape(cluster.note)}</p>\n'
    if any(cluster.course) and data.time is not None:
        yield _course(cluster.course, colour, _("Over time: {column}").format(column=data.time[0]))
    for text in cluster.typical:
        yield f"<blockquote>{escape(text)}</blockquote>\n"
    yield "</section>\n"


def _course(course: tuple[int, ...], colour: str, label: str) -> str:
    """Return a row of bars, one for each step of time."""
    step, height, most = 100 / len(course), 36, max(course)
    bars = "".join(
        f'<rect x="{place * step:.2f}" y="{height * (1 - count / most):.2f}" width="{0.82 * step:.2f}" '
        f'height="{height * count / most:.2f}" fill="{colour}"/>'
        for place, count in enumerate(course)
        if count
    )
    return (
        f'<svg viewBox="0 0 100 {height}" width="100%" height="{height}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(label)}"><title>{escape(label)}</title>{bars}</svg>\n'
    )


def _colour(cluster: ReportCluster) -> str:
    rgb = noise_colour(LIGHT) if cluster.colour is None else cluster_colour(cluster.colour, LIGHT)
    return "#{:02x}{:02x}{:02x}".format(*rgb)
