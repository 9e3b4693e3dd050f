"""Which rows a request gets of a paged list, and the four headers that say so. Never looks into the rows.

Trakt's rules (trakt-api.md 3): a missing page or limit means page 1 of the endpoint's default, a limit above
the maximum is clamped silently, text that is no number counts as missing, past the end there is nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from watchprint.sandbox.kernel import Call

Row = TypeVar("Row")


def page_of(
    call: Call,
    rows: Sequence[Row],
    default: int = 100,
    maximum: int = 250,
    *,
    optional: bool = False,
    whole: bool = False,
) -> tuple[Sequence[Row], dict[str, str]]:
    """The rows of the asked page, and the paging headers.

    Args:
        call: The request; its query says `page` and `limit`.
        rows: All rows in order; only the page is copied.
        default: Rows per page when the request names no limit.
        maximum: The largest limit that is obeyed.
        optional: Without page and limit all rows come back, and no headers.
        whole: The endpoint knows `limit=all` (first-party; clamped to `maximum` when the sandbox is strict).

    Returns:
        The slice (empty past the end) and the X-Pagination-* headers; the limit is the effective one.
    """
    page_text, limit_text = call.query.get("page"), call.query.get("limit")
    if optional and page_text is None and limit_text is None:
        return rows, {}
    page = max(_number(page_text, 1), 1)
    if limit_text == "all":
        limit = max(len(rows), 1) if whole and not call.world.options.strict else maximum
    else:
        limit = min(_number(limit_text, default), maximum)
    first = (page - 1) * limit
    headers = {
        "X-Pagination-Page": str(page),
        "X-Pagination-Limit": str(limit),
        "X-Pagination-Page-Count": str(-(-len(rows) // limit)),
        "X-Pagination-Item-Count": str(len(rows)),
    }
    return rows[first : first + limit], headers


def _number(text: str | None, default: int) -> int:
    """The positive number that a query value says, else the default."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 12:
        return default
    return int(text) or default
