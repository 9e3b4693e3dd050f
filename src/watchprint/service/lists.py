"""The user's own lists: made, deleted, read and filled. A list is named by its id, its slug, or as an answer gave it.

Source: /users/me/lists and below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from watchprint.service.answers import List, ListedItem, Removed, Written
from watchprint.service.arguments import ListName, OneOrMore, asked, known_kind, list_name, text
from watchprint.service.writing.entries import entry, listed
from watchprint.service.writing.removing import removed
from watchprint.trakt.bind import Endpoints, R, flow, pages
from watchprint.trakt.endpoints import lists
from watchprint.trakt.errors import Invalid
from watchprint.trakt.facts import Listed
from watchprint.trakt.flows import Flow, ask, result_of
from watchprint.trakt.items import Item, Kind
from watchprint.trakt.models.lists import TraktList
from watchprint.trakt.paging import Rows
from watchprint.trakt.wire import Call

ListKind = Literal["movie", "show", "season", "episode", "person"]
KINDS: Final[tuple[Kind, ...]] = ("movie", "show", "season", "episode", "person")
Privacy = Literal["private", "link", "friends", "public"]
_PRIVACIES: Final = ("private", "link", "friends", "public")


class Lists(Endpoints[R]):
    """Personal lists."""

    @flow
    def create_list(self, name: str, *, description: str | None = None, privacy: Privacy = "private") -> Flow[List]:
        """The new list, with its ids.

        Args:
            name: What it is called.
            description: What it is for.
            privacy: private, link, friends or public.

        Raises:
            Invalid: The name is blank, or the privacy is none of these.
            AccountLimit: There are as many lists as the account may hold.
            UnknownOutcome: No answer came: look with `get_user_lists` before you make it again.

        Source: POST /users/me/lists
        """
        if privacy not in _PRIVACIES:
            raise Invalid(f"a list is {', '.join(_PRIVACIES[:-1])} or {_PRIVACIES[-1]}, not {privacy!r}")
        words = None if description is None else text(description, "a list's description")
        return _created(lists.Lists.create.call(text(name, "a list's name"), description=words, privacy=privacy))

    @flow
    def delete_list(self, list: ListName) -> Flow[None]:
        """Delete a list with its entries.

        Args:
            list: Its id or slug.

        Raises:
            NotFound: The user has no such list.
            UnknownOutcome: No answer came: it may be gone.

        Source: DELETE /users/me/lists/{list_id}
        """
        return ask(lists.Lists.delete.call(list_name(list)))

    @pages
    def get_user_lists(self, *, limit: int | None = None) -> Flow[Sequence[Rows[List]]]:
        """The user's lists, the private ones too.

        Args:
            limit: Most rows in all.

        Source: GET /users/me/lists
        """
        return result_of([Rows(lists.Lists.of.listing(), list_of)])

    @pages
    def get_list_items(
        self, list: ListName, *, kind: ListKind | None = None, limit: int | None = None
    ) -> Flow[Sequence[Rows[ListedItem]]]:
        """Entries of a list.

        Args:
            list: Its id or slug.
            kind: movie, show, season, episode or person; None: all.
            limit: Most rows in all.

        Raises:
            Invalid: The kind is none of these.
            NotFound: The user has no such list.

        Source: GET /users/me/lists/{list_id}/items/{type}
        """
        wanted = known_kind(kind, KINDS, "a list")
        kinds = (wanted,) if wanted else ()
        return result_of([Rows(lists.Lists.items.listing(list_name(list), kinds=kinds, extended="full"), entry)])

    @flow
    def add_to_list(self, list: ListName, items: OneOrMore[Item | Listed]) -> Flow[Written]:
        """How many entries are new, and how many were there.

        Args:
            list: Its id or slug.
            items: Items of any kind, or Listed with notes (those need VIP); one or many.

        Raises:
            NotFound: The user has no such list.
            AccountLimit: The list is full; nothing of that request was stored.
            PartlyWritten: A batch of more than a hundred stopped midway.

        Source: POST /users/me/lists/{list_id}/items
        """
        name = list_name(list)
        return listed(asked(items, KINDS, "a list", Listed), lambda body: lists.Lists.add.call(name, body))

    @flow
    def remove_from_list(self, list: ListName, items: OneOrMore[Item]) -> Flow[Removed]:
        """How many entries are gone.

        Args:
            list: Its id or slug.
            items: Items of any kind; one or many.

        Raises:
            NotFound: The user has no such list.
            PartlyWritten: A batch of more than a hundred stopped midway.

        Source: POST /users/me/lists/{list_id}/items/remove
        """
        name = list_name(list)
        return removed(asked(items, KINDS, "a list"), lambda body: lists.Lists.remove.call(name, body))


def _created(call: Call[TraktList]) -> Flow[List]:
    return list_of((yield from ask(call)))


def list_of(row: TraktList) -> List:
    """The list that a row says."""
    return List(
        name=row.name or "",
        ids=row.ids,
        description=row.description,
        privacy=row.privacy,
        item_count=row.item_count,
        created_at=row.created_at,
        updated_at=row.updated_at,
        row=row,
    )
