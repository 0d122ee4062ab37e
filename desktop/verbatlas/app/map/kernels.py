"""Compiled loops that draw the points and search among them; without the interpreter's lock.

Imported beside the window's thread, because importing the compiler takes half a second. ``plain_kernels.py`` does the
drawing until then.
"""

# The types of compiled functions are beyond numba's stubs: their callers are typed.
# mypy: disable-error-code="no-untyped-def,no-untyped-call,misc"

import numpy as np
from numba import njit

from verbatlas.app.map.look import PHASES, TABLE_STEP


@njit(cache=True, nogil=True, fastmath=True)
def draw_strips(sums, image, strips, first, step, points, starts, cells, table, stamps, place, tones, colours):  # noqa: PLR0917 - compiled functions take no keywords
    """Draw every ``step``-th strip from the ``first`` one on.

    A strip is a few rows of pixels whose sums stay in the processor's cache from the first point to the colours.

    Args:
        sums: float32, shape (most rows of a strip, width, 4), all nought: red, green and blue, each times depth, and
            depth; nought again afterwards.
        image: uint32, shape (height, width): 0xffrrggbb; overwritten.
        strips: int64, shape (n_strips, 4): first row of pixels, the one after the last, first row of cells whose discs
            may reach into it, the one after the last.
        first: The first strip.
        step: How many threads share the strips.
        points: x and y, float32, shape (n,), in layout units; codes, uint16, each colour's place in ``table``; flags,
            uint8, which of the tables.
        starts: int64: where each cell's points begin.
        cells: Cells per row, the first one in view, the one after the last.
        table: float32, shape (n_flags, n_codes, 4): red, green, blue, weight.
        stamps: float32, shape (PHASES, PHASES, size, size): depth of a disc.
        place: float64, (x0, y0, scale): pixel = x0 + scale * x, y0 - scale * y.
        tones: float32, from ``look.tone_table``.
        colours: float32, shape (2, 3): of the ground, and what dense places turn to.
    """
    side, left, right = cells
    for strip in range(first, strips.shape[0], step):
        top, bottom = strips[strip, 0], strips[strip, 1]
        for line in range(strips[strip, 2], strips[strip, 3]):
            start, end = starts[line * side + left], starts[line * side + right]
            _stamp_run(sums, points, start, end, table, stamps, place, top, bottom - top)
        _resolve(sums, image, tones, colours, top, bottom)


@njit(cache=True, nogil=True, fastmath=True)
def _stamp_run(sums, points, start, end, table, stamps, place, top, height):  # noqa: PLR0917 - compiled functions take no keywords
    x, y, codes, flags = points
    width = sums.shape[1]
    size = stamps.shape[2]
    reach = size // 2
    x0, y0, scale = place[0], place[1] - top, place[2]
    for i in range(start, end):
        whole_x = int(np.floor((x0 + scale * x[i]) * PHASES))
        whole_y = int(np.floor((y0 - scale * y[i]) * PHASES))
        left = whole_x // PHASES - reach
        up = whole_y // PHASES - reach
        if left + size <= 0 or left >= width or up + size <= 0 or up >= height:
            continue
        colour = table[flags[i], codes[i]]
        red, green, blue, weight = colour[0], colour[1], colour[2], colour[3]
        if weight <= 0.0:
            continue
        stamp = stamps[whole_y % PHASES, whole_x % PHASES]
        for row in range(max(0, -up), min(size, height - up)):
            for column in range(max(0, -left), min(size, width - left)):
                depth = stamp[row, column] * weight
                if depth > 0.0:
                    pixel = sums[up + row, left + column]
                    pixel[0] += red * depth
                    pixel[1] += green * depth
                    pixel[2] += blue * depth
                    pixel[3] += depth


@njit(cache=True, nogil=True, fastmath=True)
def _resolve(sums, image, tones, colours, top, bottom):  # noqa: PLR0917 - compiled functions take no keywords
    """Turn the sums of a strip into colours, and clear them for the next one."""
    width = sums.shape[1]
    deepest = tones.shape[0] - 1
    ground, goal = colours[0], colours[1]
    empty = (
        np.uint32(0xFF000000)
        | (np.uint32(ground[0]) << np.uint32(16))
        | (np.uint32(ground[1]) << np.uint32(8))
        | np.uint32(ground[2])
    )
    for row in range(top, bottom):
        for column in range(width):
            pixel = sums[row - top, column]
            depth = pixel[3]
            if depth <= 0.0:
                image[row, column] = empty
                continue
            entry = min(int(np.sqrt(depth) * np.float32(TABLE_STEP)), deepest)
            cover = tones[entry, 0]
            turned = tones[entry, 1]
            own = cover * (np.float32(1) - turned) / depth
            beyond = cover * turned
            rest = np.float32(1) - cover
            red = np.uint32(pixel[0] * own + goal[0] * beyond + ground[0] * rest + np.float32(0.5))
            green = np.uint32(pixel[1] * own + goal[1] * beyond + ground[1] * rest + np.float32(0.5))
            blue = np.uint32(pixel[2] * own + goal[2] * beyond + ground[2] * rest + np.float32(0.5))
            image[row, column] = np.uint32(0xFF000000) | (red << np.uint32(16)) | (green << np.uint32(8)) | blue
            pixel[0] = pixel[1] = pixel[2] = pixel[3] = np.float32(0)


@njit(cache=True, nogil=True)
def mark_inside(chosen, x, y, rows, starts, side, cell, low_x, low_y, corners):  # noqa: PLR0917 - compiled functions take no keywords
    """Set ``chosen`` for the documents of the points that lie inside a polygon, by the even-odd rule.

    A row of cells is crossed by few edges; only those are tried for its points, and none for cells that no edge
    touches, which are wholly inside or outside.

    Args:
        chosen: bool, shape (n_documents,); only ever set.
        x: float32, shape (n,).
        y: Likewise.
        rows: int32, shape (n,): each point's document.
        starts: int64: where each cell's points begin.
        side: Cells per row.
        cell: Their size in layout units.
        low_x: The left edge of the first cell.
        low_y: Its bottom edge.
        corners: float64, shape (n_corners, 2).
    """
    active = np.empty((corners.shape[0], 4), np.float64)
    touched = np.empty(side, np.bool_)
    for line in range(side):
        if starts[line * side] == starts[(line + 1) * side]:
            continue
        count = _edges_through(line, side, cell, low_x, low_y, corners, active, touched)
        if count == 0:
            continue
        for column in range(side):
            run = starts[line * side + column], starts[line * side + column + 1]
            _mark_cell(chosen, x, y, rows, run, active[:count], touched[column])


@njit(cache=True, nogil=True, inline="always")
def _mark_cell(chosen, x, y, rows, run, edges, mixed):  # noqa: PLR0917 - compiled functions take no keywords
    start, end = run
    whole = start < end and not mixed and _is_inside(x[start], y[start], edges)
    for i in range(start, end):
        if whole or (mixed and _is_inside(x[i], y[i], edges)):
            chosen[rows[i]] = True


@njit(cache=True, nogil=True)
def _edges_through(line, side, cell, low_x, low_y, corners, active, touched):  # noqa: PLR0917 - compiled functions take no keywords
    """Write to ``active`` the edges that cross a row of cells, to ``touched`` which of its cells; return how many.

    An edge is written as x and y of its start, y of its end, and its slope in x per y.
    """
    n = corners.shape[0]
    # A hair wider than the cells, whose points were sorted in single precision.
    bottom = low_y + cell * (line - 1e-3)
    top = low_y + cell * (line + 1 + 1e-3)
    count = 0
    touched[:] = False
    for k in range(n):
        ax, ay = corners[k, 0], corners[k, 1]
        bx, by = corners[(k + 1) % n, 0], corners[(k + 1) % n, 1]
        if max(ay, by) < bottom or min(ay, by) > top:
            continue
        first, last = min(ax, bx), max(ax, bx)
        if by != ay:
            active[count, 0], active[count, 1], active[count, 2] = ax, ay, by
            active[count, 3] = (bx - ax) / (by - ay)
            count += 1
            one = ax + (bottom - ay) / (by - ay) * (bx - ax)
            two = ax + (top - ay) / (by - ay) * (bx - ax)
            first, last = max(first, min(one, two)), min(last, max(one, two))
        from_cell = max(0, int(np.floor((first - low_x) / cell - 1e-3)))
        to_cell = min(side - 1, int(np.floor((last - low_x) / cell + 1e-3)))
        for column in range(from_cell, to_cell + 1):
            touched[column] = True
    return count


@njit(cache=True, nogil=True, inline="always")
def _is_inside(x, y, edges):
    px, py = np.float64(x), np.float64(y)
    inside = False
    for k in range(edges.shape[0]):
        if (edges[k, 1] > py) != (edges[k, 2] > py) and px < edges[k, 3] * (py - edges[k, 1]) + edges[k, 0]:
            inside = not inside
    return inside
