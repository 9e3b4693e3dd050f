"""What is sent in place of an answer: Trakt's own refusals and Cloudflare's pages. Values only."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from watchprint.sandbox.faults.armed import Fault
from watchprint.sandbox.kernel import Answer
from watchprint.sandbox.rate_limits import Verdict

UPGRADE_URL: Final = "https://app.trakt.tv/vip"
_TITLES: Final = {
    429: "Access denied",
    502: "Bad gateway",
    503: "Service temporarily unavailable",
    504: "Gateway time-out",
    520: "Web server is returning an unknown error",
    521: "Web server is down",
    522: "Connection timed out",
}
_PAGE: Final = """<!DOCTYPE html>
<html lang="en-US">
<head><meta charset="UTF-8"><title>api.trakt.tv | {status}: {title}</title></head>
<body>
<div id="cf-wrapper">
<h1>{title} <span>Error code {status}</span></h1>
<p>Cloudflare Ray ID: <strong>8f1d0c5a7be04c21</strong></p>
</div>
</body>
</html>
"""


def cloudflare(status: int, *, retry_after_s: int | None = None) -> Answer:
    """Cloudflare's HTML page for that status."""
    title = _TITLES.get(status, "Error")
    headers = {"Server": "cloudflare", "CF-Ray": "8f1d0c5a7be04c21-FRA", "Cache-Control": "no-store"}
    if retry_after_s is not None:
        headers["Retry-After"] = str(retry_after_s)
    page = _PAGE.format(status=status, title=title).encode()
    return Answer(status, page, headers, "text/html; charset=UTF-8")


def text(status: int, sentence: str, headers: dict[str, str] | None = None) -> Answer:
    """A plain sentence."""
    return Answer(status, sentence.encode(), headers or {}, "text/plain; charset=utf-8")


def limited(verdict: Verdict) -> Answer:
    """The API's own 429."""
    headers = {"X-Ratelimit": verdict.header, "Retry-After": str(verdict.wait_s)}
    return text(429, verdict.sentence, headers)


def locked(*, locked: bool = True, deactivated: bool = False) -> Answer:
    """423 for a locked or deactivated account."""
    headers = {
        "X-Account-Locked": str(locked).lower(),
        "X-Account-Deactivated": str(deactivated).lower(),
    }
    return Answer(423, None, headers)


def unauthorized() -> Answer:
    """401: no token, or one that is not valid (any more)."""
    challenge = 'Bearer realm="Doorkeeper", error="invalid_token", error_description="The access token is invalid"'
    return Answer(401, None, {"WWW-Authenticate": challenge})


def instead(fault: Fault, verdict: Verdict) -> Answer:
    """The answer of a fault that needs no route.

    Args:
        fault: One of the kinds that are a status.
        verdict: What the user's rate limit would say if it were used up (for `429`).
    """
    match fault.kind:
        case "401":
            return unauthorized()
        case "403" | "empty_420":
            return Answer(int(fault.kind.removeprefix("empty_")))
        case "423":
            return locked()
        case "426":
            return Answer(426, None, {"X-Upgrade-URL": UPGRADE_URL})
        case "429":
            answer = limited(verdict)
            if fault.retry_after_s is not None:
                answer.headers["Retry-After"] = str(fault.retry_after_s)
            return answer
        case "429_html":
            return cloudflare(429, retry_after_s=300 if fault.retry_after_s is None else fault.retry_after_s)
        case "429_bare":
            return text(429, HTTPStatus.TOO_MANY_REQUESTS.phrase)
        case "500":
            return text(500, "Internal server error. If this keeps happening, please open a support issue.")
        case kind:
            return cloudflare(int(kind.removeprefix("stored_")), retry_after_s=fault.retry_after_s)
