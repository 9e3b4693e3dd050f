"""The one style sheet, read from beside the templates; public, and the same for everybody."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods


@login_not_required
@require_http_methods(["GET", "HEAD"])
def style(request: HttpRequest) -> HttpResponse:
    """The style sheet; browsers keep it for an hour."""
    return HttpResponse(_text(), content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=3600"})


@cache
def _text() -> str:
    return (Path(__file__).parent / "templates" / "style.css").read_text(encoding="utf-8")
