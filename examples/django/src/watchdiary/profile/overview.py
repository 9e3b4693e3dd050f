"""The first page of who is signed in, the search, and the check-in."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from watchdiary.accounts.signin import signin
from watchdiary.profile.answering import back, refused, tokens_in
from watchdiary.profile.forms import WHEN, CheckinForm, faults_of
from watchdiary.profile.reading import lists_of, overview_of
from watchdiary.profile.titles import row
from watchdiary.trakt import service
from watchprint import Checkin, Episode, Movie, TokenSource

ROWS_N: Final = 5
FOUND_N: Final = 20


@login_not_required
@require_http_methods(["GET", "HEAD"])
def home(request: HttpRequest) -> HttpResponse:
    """The profile of who is signed in, else a way to sign in."""
    if not request.user.is_authenticated:
        return signin(request)
    shown = {"overview": overview_of(tokens_in(request), ROWS_N), "here": "home"}
    return render(request, "overview.html", shown)


@require_http_methods(["GET", "HEAD"])
def search(request: HttpRequest) -> HttpResponse:
    """Titles by words or id ("tmdb:949"), to put them somewhere."""
    tokens, text = tokens_in(request), request.GET.get("text", "").strip()
    shown: dict[str, object] = {"text": text, "here": "search"}
    if text:
        found = service().search(tokens, text, limit=FOUND_N).all()
        shown |= {"rows": [row(one.item) for one in found], "lists": lists_of(tokens), "when": WHEN.items()}
    return render(request, "search.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def checkin(request: HttpRequest) -> HttpResponse:
    """What is on now; a check-in to a title (`?item=`); or the end of one."""
    tokens = tokens_in(request)
    if request.method == "POST":
        return _ended(request, tokens) if request.POST.get("do") == "end" else _begun(request, tokens)
    watching, key = service().get_user_watching(tokens), request.GET.get("item", "")
    shown = {
        "watching": watching,
        "now": row(watching.item) if watching else None,
        "form": CheckinForm(initial={"item": key}) if key else None,
        "title": request.GET.get("title", ""),
        "here": "checkin",
    }
    return render(request, "checkin.html", shown)


def _ended(request: HttpRequest, tokens: TokenSource) -> HttpResponse:
    service().delete_checkin(tokens)
    messages.success(request, "The check-in is ended: it becomes no play.")
    return back(request)


def _begun(request: HttpRequest, tokens: TokenSource) -> HttpResponse:
    form = CheckinForm(request.POST)
    if not form.is_valid():
        return refused(request, faults_of(form))
    if form.cleaned_data["share_place"] and not form.cleaned_data["place"]:
        return refused(request, "Name the place that is to be in the message.")
    made = _made(form, tokens)
    if made is None:
        return refused(request, "A check-in is to a film or an episode.")
    shared = f" Shared to {', '.join(made.shared_to)}." if made.shared_to else ""
    messages.success(request, f"You are checked in.{shared}")
    return redirect("checkin")


def _made(form: CheckinForm, tokens: TokenSource) -> Checkin | None:
    """The check-in; None: the item is of another kind."""
    said, item, place = form.cleaned_data, form.cleaned_data["item"], form.where()
    message, share = said["message"] or None, said["share_place"]
    match item:
        case Movie():
            return service().checkin_movie(tokens, item, message=message, place=place, share_place=share)
        case Episode():
            return service().checkin_episode(tokens, item, message=message, place=place, share_place=share)
    return None
