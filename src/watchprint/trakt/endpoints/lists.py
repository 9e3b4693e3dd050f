"""Personal lists and their entries, of oneself ("me") or of others; public lists by their Trakt id alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from watchprint.trakt.bind import Endpoints, R, endpoint, pages
from watchprint.trakt.endpoints import feeds
from watchprint.trakt.endpoints.feeds import SortHow, needs_user, of_user
from watchprint.trakt.models.bodies import SyncItems
from watchprint.trakt.models.lists import ListItem, TraktList
from watchprint.trakt.models.writes import Added, Removed, Reordered
from watchprint.trakt.paging import Listing
from watchprint.trakt.requests import bulk, get, listing, path_of, post, rank_of, send, set_values
from watchprint.trakt.wire import Call

Privacy: TypeAlias = Literal["private", "link", "friends", "public"]
ListId: TypeAlias = int | str
"""A list's Trakt id, or its slug (which stays when the list is renamed)."""


def _of(user: str, *rest: object) -> str:
    return path_of(*of_user(user), "lists", *rest)


def _kinds(kinds: Sequence[str]) -> str | None:
    """Entry types as the path has them: singular, with commas."""
    return ",".join(kinds) or None


class Lists(Endpoints[R]):
    """Lists. `user` is a slug, or "me"; collaborators write through the owner's."""

    @pages
    def of(self, user: str = "me", *, limit: int | None = None) -> Listing[TraktList]:
        """A user's lists; the private ones are for their owner only.

        Source: GET /users/{id}/lists
        """
        return listing(TraktList, _of(user), lambda row: row.ids.trakt, needs_user=needs_user(of_user(user)))

    @endpoint
    def create(
        self,
        name: str,
        *,
        description: str | None = None,
        privacy: Privacy = "private",
        display_numbers: bool | None = None,
        allow_comments: bool | None = None,
        sort_by: str | None = None,
        sort_how: SortHow | None = None,
        user: str = "me",
    ) -> Call[TraktList]:
        """Make a list. Never repeatable: sent twice, there are two.

        Args:
            name: Its name.
            description: A text about it.
            privacy: private, link, friends or public.
            display_numbers: Show ranks.
            allow_comments: Others may comment.
            sort_by: rank, added, title and more.
            sort_how: asc or desc.
            user: Whose list.

        Raises:
            AccountLimit: There are as many as the account may hold.

        Source: POST /users/{id}/lists
        """
        body = set_values(
            name=name,
            description=description,
            privacy=privacy,
            display_numbers=display_numbers,
            allow_comments=allow_comments,
            sort_by=sort_by,
            sort_how=sort_how,
        )
        return post(TraktList, _of(user), body, repeatable=False)

    @endpoint
    def reorder(self, list_ids: Sequence[int], *, user: str = "me") -> Call[Reordered]:
        """Put lists into this order. Repeatable: the order is the same.

        Source: POST /users/{id}/lists/reorder
        """
        return post(Reordered, _of(user, "reorder"), rank_of(list_ids), repeatable=True)

    @endpoint
    def get(self, list_id: ListId, *, user: str = "me") -> Call[TraktList]:
        """A list.

        Source: GET /users/{id}/lists/{list_id}
        """
        return get(TraktList, _of(user, list_id), needs_user=needs_user(of_user(user)))

    @endpoint
    def update(
        self,
        list_id: ListId,
        *,
        name: str | None = None,
        description: str | None = None,
        privacy: Privacy | None = None,
        display_numbers: bool | None = None,
        allow_comments: bool | None = None,
        sort_by: str | None = None,
        sort_how: SortHow | None = None,
        user: str = "me",
    ) -> Call[TraktList]:
        """Change a list; what is None stays. Repeatable: it sets values.

        Source: PUT /users/{id}/lists/{list_id}
        """
        body = set_values(
            name=name,
            description=description,
            privacy=privacy,
            display_numbers=display_numbers,
            allow_comments=allow_comments,
            sort_by=sort_by,
            sort_how=sort_how,
        )
        return post(TraktList, _of(user, list_id), body, repeatable=True, method="PUT")

    @endpoint
    def delete(self, list_id: ListId, *, user: str = "me") -> Call[None]:
        """Delete a list with its entries. Not repeatable: the second answer is 404.

        Source: DELETE /users/{id}/lists/{list_id}
        """
        return send("DELETE", _of(user, list_id), repeatable=False)

    @pages
    def items(
        self,
        list_id: ListId,
        *,
        kinds: Sequence[str] = (),
        sort_by: str | None = None,
        sort_how: SortHow | None = None,
        extended: str | None = None,
        user: str = "me",
        limit: int | None = None,
    ) -> Listing[ListItem]:
        """Entries of a list.

        Args:
            list_id: Trakt id or slug.
            kinds: movie, show, season, episode, person; none = all.
            sort_by: rank, added, title and more; None = as the list is set.
            sort_how: asc or desc.
            extended: "full" for all facts about the titles.
            user: Whose list.
            limit: Most rows in all.

        Source: GET /users/{id}/lists/{list_id}/items/{type}/{sort_by}/{sort_how}
        """
        parts = (*of_user(user), "lists", list_id, "items")
        return feeds.entries(parts, _kinds(kinds), sort_by, sort_how, extended, needs_user(of_user(user)))

    @endpoint
    def add(self, list_id: ListId, items: SyncItems, *, user: str = "me") -> Call[Added]:
        """Put titles and people on a list, each with `notes` if it has some (VIP).

        Not repeatable: the second answer says `existing` of what the first has added. Nothing is stored twice.

        Raises:
            AccountLimit: The list is full; nothing was stored.

        Source: POST /users/{id}/lists/{list_id}/items
        """
        return bulk(Added, _of(user, list_id, "items"), items, repeatable=False)

    @endpoint
    def remove(self, list_id: ListId, items: SyncItems, *, user: str = "me") -> Call[Removed]:
        """Take titles and people off a list. Not repeatable: the second answer counts nothing.

        Source: POST /users/{id}/lists/{list_id}/items/remove
        """
        return bulk(Removed, _of(user, list_id, "items", "remove"), items, repeatable=False)

    @endpoint
    def reorder_items(self, list_id: ListId, item_ids: Sequence[int], *, user: str = "me") -> Call[Reordered]:
        """Put entries into this order (`ListItem.id`). Repeatable: the order is the same.

        Source: POST /users/{id}/lists/{list_id}/items/reorder
        """
        return post(Reordered, _of(user, list_id, "items", "reorder"), rank_of(item_ids), repeatable=True)

    @endpoint
    def update_item(self, list_id: ListId, item_id: int, *, notes: str, user: str = "me") -> Call[None]:
        """Put a note to an entry (VIP). Repeatable: it sets a value.

        Source: PUT /users/{id}/lists/{list_id}/items/{list_item_id}
        """
        return send("PUT", _of(user, list_id, "items", item_id), {"notes": notes}, repeatable=True)

    @endpoint
    def public(self, list_id: int) -> Call[TraktList]:
        """A public list, whoever owns it.

        Source: GET /lists/{id}
        """
        return get(TraktList, path_of("lists", list_id), needs_user=False)

    @pages
    def public_items(
        self,
        list_id: int,
        *,
        kinds: Sequence[str] = (),
        sort_by: str | None = None,
        sort_how: SortHow | None = None,
        extended: str | None = None,
        limit: int | None = None,
    ) -> Listing[ListItem]:
        """Entries of a public list; arguments as in `items`.

        Source: GET /lists/{id}/items/{type}/{sort_by}/{sort_how}
        """
        return feeds.entries(("lists", list_id, "items"), _kinds(kinds), sort_by, sort_how, extended, False)
