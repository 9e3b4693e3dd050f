"""How a change is answered: a word about what it did, and the way back to the page that it was asked from."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from watchdiary.accounts.models import account_in
from watchdiary.accounts.signin import safe_next
from watchdiary.accounts.tokens import RowTokens
from watchprint import Favorited, Removed, Unfavorited, Written

Done = Written | Favorited | Removed


def tokens_in(request: HttpRequest) -> RowTokens:
    """Whose tokens a request's calls carry.

    Raises:
        TokenExpired: No Trakt account belongs to who is signed in.
    """
    return RowTokens(account_in(request).pk)


def back(request: HttpRequest) -> HttpResponse:
    """The page that the form stood on; else the one that it went to."""
    return HttpResponseRedirect(safe_next(request, request.POST.get("next") or request.path))


def told(request: HttpRequest, done: Done, where: str) -> HttpResponse:
    """Say what a change of one title did, and go back.

    Args:
        request: The request that asked for it.
        done: What Watchprint answered.
        where: What was changed, as in "your watchlist".
    """
    if _changes_n(done):
        messages.success(request, _changed(done, where))
    elif done.not_found:
        messages.error(request, "Trakt does not know this title any more: nothing was changed.")
    elif isinstance(done, Unfavorited) and done.not_favorite:
        messages.info(request, f"It was not among {where}: nothing was changed, and another rating stays.")
    elif isinstance(done, Removed):
        messages.info(request, f"It was not in {where}: nothing was changed.")
    else:
        messages.info(request, f"It was in {where} already: nothing was changed.")
    return back(request)


def _changes_n(done: Done) -> int:
    match done:
        case Removed():
            return done.deleted
        case Written():
            return done.added + done.updated
    return done.added


def _changed(done: Done, where: str) -> str:
    match done:
        case Removed():
            return f"Removed from {where}."
        case Favorited(replaced=replaced) if replaced:
            [(_, rating), *_] = replaced
            return f"Added to {where}; that replaces your rating of {rating}."
        case Written(added=0):
            return f"Its facts in {where} are new."
    return f"Added to {where}."


def refused(request: HttpRequest, words: str) -> HttpResponse:
    """Say what is wrong with what was sent, and go back; Trakt was not asked."""
    messages.error(request, words)
    return back(request)
