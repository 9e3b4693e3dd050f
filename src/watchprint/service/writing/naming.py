"""Items brought into a form that Trakt takes in a request, and that can be told apart, with few look-ups.

Trakt takes no TMDB or IMDb id of an episode; and a title without an id cannot be compared with rows. Nothing else is
looked up.
"""

from __future__ import annotations

from collections.abc import Sequence

from watchprint.service.titles.finding import Known, find_all, with_show
from watchprint.service.writing.bodies import ids_taken
from watchprint.trakt.flows import Flow
from watchprint.trakt.items import Episode, Item, Season, Show


def named(items: Sequence[Item], *, certain: bool = False) -> Flow[list[Item | None]]:
    """The items as Trakt takes them; None where Trakt does not know one that had to be looked up.

    Args:
        items: Any items.
        certain: Look up titles that have no id too, so that each can be compared with Trakt's rows.
    """
    wanted = {at: what for at, item in enumerate(items) if (what := to_look_up(item, certain=certain)) is not None}
    known = dict(zip(wanted, (yield from find_all(wanted.values())), strict=True))
    return [_renamed(item, known[at]) if at in known else item for at, item in enumerate(items)]


def to_look_up(item: Item, *, certain: bool) -> Item | None:
    """What must be looked up before this can be sent: the item, its show, or nothing."""
    if ids_taken(item) is not None:
        return None
    match item:
        case Episode() if not item.placed:
            return item
        case Season(show=Show() as show) | Episode(show=Show() as show):
            return show if certain and not show.known_ids else None
    return item if certain else None


def _renamed(item: Item, known: Known | None) -> Item | None:
    match item, known:
        case _, None:
            return None
        case (Season() | Episode()) as inner, Known(item=Show() as show):
            return with_show(inner, show)
        case _, Known(item=found):
            return found
    raise AssertionError("a look-up gives something or nothing")
