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
def stamp_points(sums, x, y, codes, flags, starts, ranges, table, stamps, place, top, bottom):  # noqa: PLR0917 - compiled functions take no keywords
    """Add the discs of all points of some cells to the rows ``top`` to ``bottom`` of ``sums``.

    Args:
        sums: float32, shape (height, width, 4): red, green and blue, each times depth, and depth.
        x: float32, shape (n,), in layout units.
        y: Likewise.
        codes: uint16, shape (n,): the colour's place in ``table``.
        flags: uint8, shape (n,): which of the tables.
        starts: int64: where each cell's points begin.
        ranges: int64, shape (n_rows, 2): the first cell and the one after the last in each row of cells.
        table: float32, shape (n_flags, n_codes, 4): red, green, blue, weight.
        stamps: float32, shape (PHASES, PHASES, size, size): depth of a disc.
        place: float64, (x0, y0, scale): pixel = x0 + scale * x, y0 - scale * y.
        top: The first row of pixels.
        bottom: The one after the last.
    """
    width = sums.shape[1]
    size = stamps.shape[2]
    reach = size // 2
    x0, y0, scale = place[0], place[1], place[2]
    for line in range(ranges.shape[0]):
        for i in range(starts[ranges[line, 0]], starts[ranges[line, 1]]):
            px = (x0 + scale * x[i]) * PHASES
            py = (y0 - scale * y[i]) * PHASES
            whole_x = int(np.floor(px))
            whole_y = int(np.floor(py))
            left = whole_x // PHASES - reach
            up = whole_y // PHASES - reach
            if left + size <= 0 or left >= width or up + size <= top or up >= bottom:
                continue
            red = table[flags[i], codes[i], 0]
            green = table[flags[i], codes[i], 1]
            blue = table[flags[i], codes[i], 2]
            weight = table[flags[i], codes[i], 3]
            if weight <= 0.0:
                continue
            stamp = stamps[whole_y % PHASES, whole_x % PHASES]
            for row in range(max(0, top - up), min(size, bottom - up)):
                for column in range(max(0, -left), min(size, width - left)):
                    depth = stamp[row, column] * weight
                    if depth > 0.0:
                        pixel = sums[up + row, left + column]
                        pixel[0] += red * depth
                        pixel[1] += green * depth
                        pixel[2] += blue * depth
                        pixel[3] += depth


@njit(cache=True, nogil=True, fastmath=True)
def resolve(sums, image, tones, ground, goal, top, bottom):  # noqa: PLR0917 - compiled functions take no keywords
    """Turn the sums of the rows ``top`` to ``bottom`` into colours, and clear them for the next picture.

    Args:
        sums: As ``stamp_points`` left them.
        image: uint32, shape (height, width): 0xffrrggbb; overwritten.
        tones: float32, from ``look.tone_table``.
        ground: float32, shape (3,): the colour behind the points.
        goal: float32, shape (3,): the colour that dense places turn to.
        top: The first row.
        bottom: The one after the last.
    """
    width = sums.shape[1]
    deepest = tones.shape[0] - 1
    empty = (
        np.uint32(0xFF000000)
        | (np.uint32(ground[0]) << np.uint32(16))
        | (np.uint32(ground[1]) << np.uint32(8))
        | np.uint32(ground[2])
    )
    for row in range(top, bottom):
        for column in range(width):
            pixel = sums[row, column]
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
    active = np.empty(corners.shape[0], np.int64)
    touched = np.empty(side, np.bool_)
    for line in range(side):
        if starts[line * side] == starts[(line + 1) * side]:
            continue
        count = _edges_through(line, side, cell, low_x, low_y, corners, active, touched)
        if count == 0:
            continue
        for column in range(side):
            run = starts[line * side + column], starts[line * side + column + 1]
            _mark_cell(chosen, x, y, rows, run, corners, active, count, touched[column])


@njit(cache=True, nogil=True, inline="always")
def _mark_cell(chosen, x, y, rows, run, corners, active, count, mixed):  # noqa: PLR0917 - compiled functions take no keywords
    start, end = run
    whole = start < end and not mixed and _is_inside(x[start], y[start], corners, active, count)
    for i in range(start, end):
        if whole or (mixed and _is_inside(x[i], y[i], corners, active, count)):
            chosen[rows[i]] = True


@njit(cache=True, nogil=True)
def _edges_through(line, side, cell, low_x, low_y, corners, active, touched):  # noqa: PLR0917 - compiled functions take no keywords
    """Write to ``active`` which edges cross a row of cells, to ``touched`` which of its cells; return how many."""
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
        active[count] = k
        count += 1
        first, last = min(ax, bx), max(ax, bx)
        if by != ay:
            one = ax + (bottom - ay) / (by - ay) * (bx - ax)
            two = ax + (top - ay) / (by - ay) * (bx - ax)
            first, last = max(first, min(one, two)), min(last, max(one, two))
        from_cell = max(0, int(np.floor((first - low_x) / cell - 1e-3)))
        to_cell = min(side - 1, int(np.floor((last - low_x) / cell + 1e-3)))
        for column in range(from_cell, to_cell + 1):
            touched[column] = True
    return count


@njit(cache=True, nogil=True, inline="always")
def _is_inside(x, y, corners, active, count):
    px, py = np.float64(x), np.float64(y)
    inside = False
    n = corners.shape[0]
    for position in range(count):
        k = active[position]
        ax, ay = corners[k, 0], corners[k, 1]
        bx, by = corners[(k + 1) % n, 0], corners[(k + 1) % n, 1]
        if (ay > py) != (by > py) and px < (bx - ax) * (py - ay) / (by - ay) + ax:
            inside = not inside
    return inside
