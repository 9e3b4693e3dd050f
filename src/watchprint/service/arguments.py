"""What callers hand in, checked and brought into one form before anything is sent. Pure.

Every refusal is an `Invalid` that says what was given, what is taken, and what to write instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from typing import Final, TypeAlias, TypeVar

from watchprint.service.answers import List
from watchprint.trakt.errors import Invalid
from watchprint.trakt.facts import At, Listed, Moment, Owned, Seen, instant
from watchprint.trakt.items import Episode, Item, Kind, Movie, Person, Season, Show
from watchprint.trakt.models.lists import TraktList
from watchprint.trakt.models.playing import Sharing

Fact: TypeAlias = Seen | Owned | Listed
T = TypeVar("T")
OneOrMore: TypeAlias = T | Iterable[T]
"""One, or any number of them."""
ListName: TypeAlias = int | str | List
"""A list by its Trakt id, its slug, or as an answer gave it."""
SharingChoice: TypeAlias = Iterable[str] | Mapping[str, bool] | None
"""Networks to share to; None: as the user's own settings say."""

NETWORKS: Final = ("twitter", "mastodon", "tumblr")
UNKNOWN_AT: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""How Trakt dates a play of which nobody knows when it was."""
_ITEMS: Final = (Movie, Show, Season, Episode, Person)
_FACTS: Final = (Seen, Owned, Listed)


@dataclass(frozen=True, slots=True)
class Asked:
    """One item of a batch, with what the caller said of it.

    Attributes:
        source: What was handed in, as it was.
        item: The item in it.
    """

    source: Item | Fact
    item: Item


def asked(
    given: object, kinds: Sequence[Kind], what: str, fact: type[Fact] | None = None, *, may_be_empty: bool = False
) -> list[Asked]:
    """The items of a batch, in their order.

    Args:
        given: One item or fact, or an iterable of them.
        kinds: The kinds that are taken.
        what: What takes them, for the message ("the history").
        fact: The kind of fact that is taken beside bare items.
        may_be_empty: The call has something to do without items, too.

    Raises:
        Invalid: There is none, or something is no item, or of a kind that is not taken.
    """
    batch = [_asked(one, kinds, what, fact) for one in _each(given, what)]
    if not batch and not may_be_empty:
        raise Invalid(f"{what} takes at least one item, and none was given: an empty batch is not sent")
    return batch


def _each(given: object, what: str) -> list[object]:
    if isinstance(given, _ITEMS + _FACTS):
        return [given]
    if isinstance(given, Iterable) and not isinstance(given, str | bytes | Mapping):
        return list(given)
    raise Invalid(f"{what} takes an item such as Movie(tmdb=949), or several in a list, not {given!r}")


def _asked(one: object, kinds: Sequence[Kind], what: str, fact: type[Fact] | None) -> Asked:
    if isinstance(one, _FACTS):
        if fact is None or not isinstance(one, fact):
            takes = f"items or {fact.__name__}" if fact else "bare items"
            raise Invalid(f"{what} takes {takes}, not {type(one).__name__}: pass its .item")
        return Asked(one, of_kind(one.item, kinds, what))
    return Asked(one, of_kind(one, kinds, what)) if isinstance(one, _ITEMS) else _no_item(one, what)


def _no_item(one: object, what: str) -> Asked:
    raise Invalid(f"{what} takes items such as Movie(tmdb=949), not {one!r}")


def of_kind(item: object, kinds: Sequence[Kind], what: str) -> Item:
    """The item, if it is of one of these kinds.

    Raises:
        Invalid: It is not.
    """
    if isinstance(item, _ITEMS) and item.kind in kinds:
        return item
    named = f"{'an' if item.kind == 'episode' else 'a'} {item.kind}" if isinstance(item, _ITEMS) else repr(item)
    raise Invalid(f"{what} takes {_or(kinds)}, not {named}")


def known_kind(kind: object, kinds: Sequence[Kind], what: str) -> str | None:
    """The kind (singular), or None for all of them.

    Raises:
        Invalid: It is not one of these.
    """
    if kind is None or kind in kinds:
        return kind if isinstance(kind, str) else None
    raise Invalid(f"{what} can be read by kind {_or(kinds)}, not {kind!r}")


def _or(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def percent(progress: object) -> float:
    """A progress from 0 to 100 [%].

    Raises:
        Invalid: It is no number, or outside.
    """
    number = isinstance(progress, int | float) and not isinstance(progress, bool) and isfinite(progress)
    if isinstance(progress, int | float) and number and 0 <= progress <= 100:
        return float(progress)
    raise Invalid(f"progress is a number from 0 to 100 (percent), not {progress!r}")


def networks(sharing: SharingChoice) -> dict[str, bool] | None:
    """Which networks to share to, each with yes or no; None: as the user's settings say.

    Raises:
        Invalid: There is no such network.
    """
    if sharing is None:
        return None
    names = {sharing} if isinstance(sharing, str) else sharing
    if not isinstance(names, Iterable):
        raise Invalid(f"sharing names networks ({', '.join(NETWORKS)}), not {sharing!r}")
    chosen = {n: bool(yes) for n, yes in names.items()} if isinstance(names, Mapping) else dict.fromkeys(names, True)
    strange = [name for name in chosen if name not in NETWORKS]
    if strange:
        raise Invalid(f"sharing knows {_or(NETWORKS)}, not {strange[0]!r}")
    return {name: chosen.get(name, False) for name in NETWORKS}


def as_sharing(chosen: dict[str, bool] | None) -> Sharing | None:
    """The same as a request says it."""
    return None if chosen is None else Sharing(**chosen)


def list_name(named: object) -> str:
    """A list's id or slug, as a path names it.

    Raises:
        Invalid: It is neither.
    """
    if isinstance(named, List | TraktList):
        named = named.ids.trakt or named.ids.slug
    if isinstance(named, int) and not isinstance(named, bool) and named > 0:
        return str(named)
    if isinstance(named, str) and named.strip():
        return named.strip()
    raise Invalid(f"a list is named by its id or its slug, e.g. 'to-show-anna', not {named!r}")


def bound(at: At | None, name: str) -> datetime | None:
    """An end of a period (UTC); None: open. UNKNOWN is where Trakt keeps plays without a date.

    Raises:
        Invalid: It has no zone, cannot be read, or is no instant.
    """
    moment = instant(at)
    if moment is Moment.RELEASED:
        raise Invalid(f"{name} is an instant, not RELEASED: titles come out at different times")
    return UNKNOWN_AT if isinstance(moment, Moment) else moment


def text(value: object, name: str) -> str:
    """Text that is not blank.

    Raises:
        Invalid: It is not.
    """
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise Invalid(f"{name} is text that is not blank, not {value!r}")
