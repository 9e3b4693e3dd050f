"""Library, watchlist and favourites: three shelves of titles, shown whole and changed one title at a time.

A change may be asked for again after an error: what is there is not stored twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from watchdiary.profile.answering import refused, tokens_in, told
from watchdiary.profile.forms import ItemForm, faults_of
from watchdiary.profile.paging import rows_of
from watchdiary.profile.reading import Reading, collection_of, favourites_of, watchlist_of
from watchdiary.trakt import service
from watchprint import Favorited, Item, Movie, Removed, Show, TokenSource, Written


@dataclass(frozen=True, slots=True)
class Shelf:
    """One place for titles.

    Attributes:
        title: Its name.
        where: The same in a sentence.
        empty: What is said while nothing is there.
        read, add, remove: What can be done with it.
    """

    title: str
    where: str
    empty: str
    read: Reading
    add: Callable[[TokenSource, Item], Written | Favorited]
    remove: Callable[[TokenSource, Item], Removed]


def _loved(item: Item) -> Movie | Show:
    """Other items are refused by Watchprint, in its own words."""
    return cast("Movie | Show", item)


SHELVES: Final = {
    "watchlist": Shelf(
        "Watchlist",
        "your watchlist",
        "Nothing is waiting to be watched.",
        watchlist_of,
        lambda tokens, item: service().add_to_watchlist(tokens, item),
        lambda tokens, item: service().remove_from_watchlist(tokens, item),
    ),
    "library": Shelf(
        "Library",
        "your library",
        "You have not said what you own.",
        collection_of,
        lambda tokens, item: service().add_to_collection(tokens, item),
        lambda tokens, item: service().remove_from_collection(tokens, item),
    ),
    "favourites": Shelf(
        "Favourites",
        "your favourites",
        "No favourites yet: films and shows that you rate 10 of 10.",
        favourites_of,
        lambda tokens, item: service().add_to_favorites(tokens, _loved(item)),
        lambda tokens, item: service().remove_from_favorites(tokens, _loved(item)),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def shelf(request: HttpRequest, name: str) -> HttpResponse:
    """The shelf; or a change of it."""
    one = SHELVES[name]
    if request.method == "POST":
        return _changed(request, one)
    shown = rows_of(request, one.read, tokens_in(request))
    return render(request, "shelf.html", {"shelf": one, "page": shown, "here": name})


def _changed(request: HttpRequest, one: Shelf) -> HttpResponse:
    form = ItemForm(request.POST)
    if not form.is_valid():
        return refused(request, faults_of(form))
    change = one.remove if request.POST.get("do") == "remove" else one.add
    return told(request, change(tokens_in(request), form.cleaned_data["item"]), one.where)
