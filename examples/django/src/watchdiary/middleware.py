"""What happens around every page: nothing of it is kept by others, times are the user's own, refusals are friendly."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from watchdiary.accounts.models import account_of
from watchdiary.accounts.signin import safe_next
from watchdiary.refusals import refusal_of
from watchprint import TraktError

Next = Callable[[HttpRequest], HttpResponseBase]
_LOG: Final = logging.getLogger("watchdiary")
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def private(get_response: Next) -> Next:
    """No script and nothing from elsewhere; and no cache keeps a page that belongs to somebody."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def own_time(get_response: Next) -> Next:
    """Times are shown, and read from forms, in the time zone that the user told Trakt."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        account = account_of(request.user)
        if account is None:
            return get_response(request)
        with timezone.override(zone_of(account.zone)):
            return get_response(request)

    return answer


def zone_of(name: str) -> ZoneInfo:
    """The zone of that name; UTC where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError):
        return ZoneInfo("UTC")


class FriendlyRefusals:
    """Where an error of Watchprint comes up in a view: a page that says what it is, and what to do."""

    def __init__(self, get_response: Next) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page; None for errors that are not Trakt's. The error itself says more, never a token: to the log."""
        if not isinstance(error, TraktError):
            return None
        refusal = refusal_of(error)
        _LOG.warning("%s %s: %d, %s", request.method, request.path, refusal.status, error)
        wait_s = refusal.retry_after_s
        again_at = None if wait_s is None else timezone.now() + timedelta(seconds=wait_s)
        wrote = request.method == "POST"
        look = safe_next(request, request.POST.get("next") or request.path) if wrote else request.get_full_path()
        shown = {"refusal": refusal, "again_at": again_at, "wrote": wrote, "look": look, "path": request.path}
        response = render(request, "refused.html", shown, status=refusal.status)
        if wait_s is not None:
            response.headers["Retry-After"] = str(math.ceil(wait_s))
        return response
