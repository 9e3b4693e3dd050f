"""The history: plays, shown newest first, added with their time, and removed one by one."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from watchdiary.profile.answering import refused, tokens_in, told
from watchdiary.profile.forms import PlayForm, SeenForm, faults_of
from watchdiary.profile.paging import rows_of
from watchdiary.profile.reading import history_of
from watchdiary.trakt import service
from watchprint import Item, TokenSource, UnknownOutcome, Written


@require_http_methods(["GET", "HEAD", "POST"])
def history(request: HttpRequest) -> HttpResponse:
    """The plays; or a change of them."""
    if request.method != "POST":
        shown = rows_of(request, history_of, tokens_in(request))
        return render(request, "history.html", {"page": shown, "here": "history"})
    return _removed(request) if request.POST.get("do") == "remove" else _added(request)


def _added(request: HttpRequest) -> HttpResponse:
    form = SeenForm(request.POST)
    try:
        at = form.seen_at() if form.is_valid() else None
    except ValidationError as error:
        return refused(request, " ".join(error.messages))
    if form.errors:
        return refused(request, faults_of(form))
    return told(request, seen(tokens_in(request), form.cleaned_data["item"], at), "your history")


def seen(tokens: TokenSource, item: Item, at: datetime | str | None) -> Written:
    """A play, and one only: an answer that got lost is asked for once more, since Watchprint looks before it adds.

    Raises:
        UnknownOutcome: The second answer got lost as well.
    """
    try:
        return service().add_to_history(tokens, item, at=at)
    except UnknownOutcome:
        return service().add_to_history(tokens, item, at=at)


def _removed(request: HttpRequest) -> HttpResponse:
    form = PlayForm(request.POST)
    if not form.is_valid():
        return refused(request, faults_of(form))
    gone = service().remove_from_history(tokens_in(request), play_ids=form.cleaned_data["play"])
    return told(request, gone, "your history")
