"""What Trakt has after an import was sent on, the slow way: pairs looked for one by one, minutes in plain lists."""

from __future__ import annotations

from collections import Counter

Minute = int | None


def after(
    prior: list[tuple[str, Minute]], plays: list[tuple[str, Minute]], windows: dict[str, int]
) -> Counter[tuple[str, Minute]]:
    """How often each title stands at each minute (None: without a date).

    Args:
        prior: What was there, in the order in which it came.
        plays: What the import has, in the order in which it waits: the oldest first, undated ones last.
        windows: How far apart two reports of one viewing of a title may be [min].
    """
    result = Counter(prior)
    for title, window in windows.items():
        rows = [minute for name, minute in prior if name == title]
        mine = [minute for name, minute in plays if name == title]
        for minute in _left(mine, rows, window):
            if minute is None or result[title, minute] == 0:
                result[title, minute] += 1
    return +result


def _left(mine: list[Minute], rows: list[Minute], window: int) -> list[Minute]:
    """The plays that are no row: the nearest pair goes first, each play and each row once."""
    mine_left, rows_left = list(enumerate(mine)), list(enumerate(rows))
    while True:
        near = [
            (0 if at is None or there is None else abs(at - there), n, m)
            for n, at in mine_left
            for m, there in rows_left
            if (at is None) == (there is None) and (at is None or there is None or abs(at - there) <= window)
        ]
        if not near:
            return [at for _, at in mine_left]
        _, n, m = min(near)
        mine_left = [each for each in mine_left if each[0] != n]
        rows_left = [each for each in rows_left if each[0] != m]
