"""A problem as it is sent."""

from __future__ import annotations

import math
from typing import Annotated, Any, Final

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from watchprint.web.problems.kinds import KINDS, Kind
from watchprint.web.shapes.answers import At

MEDIA_TYPE: Final = "application/problem+json"


class FieldError(Struct, frozen=True):
    """What is wrong with one field."""

    field: Annotated[str, Meta(description="Where it is: $.items[0].ids.tmdb, ?limit, or a header's name")]
    detail: str


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What went wrong (RFC 9457)."""

    type: Annotated[str, Meta(description="The kind; its address explains it", examples=["/problems/throttled"])]
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: str
    may_retry: Annotated[bool, Meta(description="The same request may be sent again as it is")]
    request_id: Annotated[str, Meta(description="By this the server's log knows it")]
    retry_after_s: Annotated[float, Meta(ge=0, description="When to send it again [s]")] | UnsetType = UNSET
    errors: list[FieldError] | UnsetType = UNSET
    watched_at: At | UnsetType = UNSET
    expires_at: At | UnsetType = UNSET
    upgrade_url: str | UnsetType = UNSET
    written: Annotated[dict[str, Any], Meta(description="What was stored")] | UnsetType = UNSET
    left: Annotated[list[Any], Meta(description="Items and ids of plays that were not, or not surely")] | UnsetType = (
        UNSET
    )


class Refusal(Exception):
    """A request that is answered with a problem.

    Args:
        word: The kind's word.
        detail: What happened and what to do, in plain words; never a secret.
        more: Fields of `Problem` beside those of the kind.
        headers: Headers of the answer.
    """

    def __init__(self, word: str, detail: str, *, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(f"{word}: {detail}")
        self.kind: Kind = KINDS[word]
        self.detail, self.more = detail, more
        self.headers = dict(headers or {})

    @property
    def retry_after_s(self) -> float | None:
        """When the same may be sent again [s]; None: it helps nobody."""
        said: float | None = self.more.get("retry_after_s", self.kind.retry_after_s)
        return said

    def problem(self, request_id: str) -> Problem:
        """What is sent."""
        kind, more = self.kind, dict(self.more)
        if self.retry_after_s is not None:
            more["retry_after_s"] = round(self.retry_after_s, 3)
        return Problem(
            type=kind.type,
            title=kind.title,
            status=kind.status,
            detail=self.detail,
            may_retry=kind.may_retry,
            request_id=request_id,
            **more,
        )

    def sent(self, request_id: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body."""
        headers = {"content-type": MEDIA_TYPE, **self.headers}
        if self.retry_after_s is not None:
            headers["retry-after"] = str(math.ceil(self.retry_after_s))
        if self.kind.status == 401:
            said = ' error="invalid_token"' if self.kind.word == "token-expired" else ""
            headers["www-authenticate"] = f"Bearer{said}"
        return self.kind.status, headers, msgspec.json.encode(self.problem(request_id))
