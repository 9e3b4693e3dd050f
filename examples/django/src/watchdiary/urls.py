"""The addresses of this app. A page and the forms on it share one, so that coming back to it shows the page."""

from __future__ import annotations

from django.urls import path

from watchdiary.accounts import signin
from watchdiary.profile import history, lists, overview, shelves
from watchdiary.styles import style

urlpatterns = [
    path("", overview.home, name="home"),
    path("style.css", style, name="style"),
    path("signin", signin.signin, name="signin"),
    path("signin/trakt", signin.begin, name="begin"),
    path("callback", signin.end, name="callback"),
    path("signout", signin.sign_out, name="signout"),
    path("forget", signin.forget, name="forget"),
    path("search", overview.search, name="search"),
    path("checkin", overview.checkin, name="checkin"),
    path("history", history.history, name="history"),
    *(path(name, shelves.shelf, {"name": name}, name=name) for name in shelves.SHELVES),
    path("lists", lists.lists, name="lists"),
    path("add-to-list", lists.add_to_a_list, name="add_to_a_list"),
    path("lists/<str:slug>", lists.one_list, name="list"),
    path("lists/<str:slug>/delete", lists.delete_list, name="delete_list"),
]
