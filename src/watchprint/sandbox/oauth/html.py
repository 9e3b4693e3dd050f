"""The few pages of the sign-in host: plain HTML that works without JavaScript. Every value is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from watchprint.sandbox.kernel import Answer
from watchprint.sandbox.state import User

_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
}
_PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Trakt sandbox</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem }}
.banner {{ background: #7a1f1f; color: #fff; padding: .3rem .8rem; border-radius: .3rem }}
fieldset {{ border: 1px solid #8888; border-radius: .3rem; margin: 1rem 0 }}
button, input[type=text] {{ font: inherit; padding: .4rem 1rem }}
code {{ font-size: 1.2em; overflow-wrap: anywhere }}
</style>
</head>
<body>
<p class="banner">Trakt sandbox: nothing here reaches the real Trakt.</p>
<main>
<h1>{title}</h1>
{content}
</main>
</body>
</html>
"""


def page(title: str, content: str, *, status: int = 200) -> Answer:
    """A whole page.

    Args:
        title: Plain text.
        content: HTML; whoever made it has escaped it.
        status: The HTTP status.
    """
    text = _PAGE.format(title=escape(title), content=content)
    return Answer(status, text.encode(), dict(_HEADERS), "text/html; charset=utf-8")


def message(title: str, sentence: str, *, status: int = 200) -> Answer:
    """A page of one plain sentence."""
    return page(title, f"<p>{escape(sentence)}</p>", status=status)


def shown_code(code: str) -> Answer:
    """The page of an application without a redirect address: the code to copy."""
    return page("Copy this code", f"<p>Give this code to the application:</p><p><code>{escape(code)}</code></p>")


def question(app_name: str, users: Mapping[str, User], hidden: Mapping[str, str], action: str) -> str:
    """The form that asks for approval: who signs in, approve, deny.

    Args:
        app_name: Who asks.
        users: Who can sign in, by slug; the first is chosen.
        hidden: What the form carries along.
        action: Where it is sent.
    """
    if not users:
        return "<p>This sandbox has no user yet; add one with POST /__sandbox__/users.</p>"
    kept = "".join(f'<input type="hidden" name="{escape(k)}" value="{escape(v)}">' for k, v in hidden.items())
    choices = "".join(_choice(user, checked=n == 0) for n, user in enumerate(users.values()))
    return (
        f"<p><strong>{escape(app_name)}</strong> would like to read and change your history, "
        "ratings and lists.</p>"
        f'<form method="post" action="{escape(action)}">{kept}'
        f"<fieldset><legend>Sign in as</legend>{choices}</fieldset>"
        '<button name="decision" value="approve">Approve</button> '
        '<button name="decision" value="deny">Deny</button></form>'
    )


def _choice(user: User, *, checked: bool) -> str:
    slug, mark = escape(user.slug), " checked" if checked else ""
    return (
        f'<label><input type="radio" name="user" value="{slug}"{mark}> '
        f"{escape(user.name or user.username)} ({slug})</label><br>"
    )


def code_form() -> str:
    """The form for a code that somebody reads from a device."""
    return (
        '<form method="post" action="/activate"><label>The code that your device shows: '
        '<input type="text" name="user_code" autocomplete="off" autofocus required></label> '
        "<button>Continue</button></form>"
    )
