"""The user's own lists: made, deleted, shown and filled."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from watchdiary.profile.answering import refused, tokens_in, told
from watchdiary.profile.forms import ItemForm, ListForm, faults_of
from watchdiary.profile.paging import rows_of
from watchdiary.profile.reading import lists_of
from watchdiary.profile.titles import Row, row
from watchdiary.trakt import service
from watchprint import NotFound, TokenSource, UnknownOutcome


@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """All lists, and a form for a new one."""
    form = ListForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _made(request, form)
    status = 422 if form.errors else 200
    shown = {"lists": lists_of(tokens_in(request)), "form": form, "here": "lists"}
    return render(request, "lists.html", shown, status=status)


def _made(request: HttpRequest, form: ListForm) -> HttpResponse:
    """Trakt takes the same name twice, so that a lost answer is not asked for again: the page shows what is there."""
    said = form.cleaned_data
    try:
        service().create_list(
            tokens_in(request), said["name"], description=said["description"] or None, privacy=said["privacy"]
        )
    except UnknownOutcome:
        words = "Trakt did not answer. Look whether the list is here before you make it again: there could be two."
        messages.warning(request, words)
    else:
        messages.success(request, f"The list “{said['name']}” is there.")
    return redirect("lists")


@require_http_methods(["GET", "HEAD", "POST"])
def one_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The entries of a list; or a change of them."""
    tokens = tokens_in(request)
    if request.method == "POST":
        return _changed(request, slug)
    listed = next((one for one in lists_of(tokens) if slug in (one.ids.slug, str(one.ids.trakt))), None)
    if listed is None:
        raise Http404
    shown = {"list": listed, "slug": slug, "page": rows_of(request, partial(_entries, slug), tokens), "here": "lists"}
    return render(request, "list.html", shown)


def _entries(slug: str, tokens: TokenSource, rows_n: int) -> list[Row]:
    entries = service().get_list_items(tokens, slug, limit=rows_n).all()
    return [row(entry.item, entry.listed_at, entry.notes) for entry in entries]


def _changed(request: HttpRequest, slug: str) -> HttpResponse:
    form = ItemForm(request.POST)
    if not form.is_valid():
        return refused(request, faults_of(form))
    trakt, tokens, item = service(), tokens_in(request), form.cleaned_data["item"]
    if request.POST.get("do") == "remove":
        return told(request, trakt.remove_from_list(tokens, slug, item), "this list")
    return told(request, trakt.add_to_list(tokens, slug, item), "this list")


@require_http_methods(["POST"])
def add_to_a_list(request: HttpRequest) -> HttpResponse:
    """The same from elsewhere: the form says which list."""
    slug = request.POST.get("list", "")
    return _changed(request, slug) if slug else refused(request, "Choose a list, or make one first.")


@require_http_methods(["POST"])
def delete_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The list and its entries go."""
    try:
        service().delete_list(tokens_in(request), slug)
    except NotFound:
        messages.info(request, "That list is not there any more.")
    else:
        messages.success(request, "The list is deleted.")
    return redirect("lists")
