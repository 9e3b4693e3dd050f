"""A browser: keeps cookies, follows redirects, and fills in the forms that stand on a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx2


@dataclass
class Form:
    """A form: where it goes, what it holds, and its buttons (by where they go, and what they say for themselves)."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """What stands on a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.users: list[str] = []
        self._select: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.tags.append((tag, known))
        if tag == "form":
            self.forms.append(Form(known.get("action", ""), known.get("method", "get")))
        elif tag == "input" and self.forms and known.get("name"):
            if known["name"] == "user":
                self.users.append(known["value"])
            if known.get("type") != "checkbox":
                self.forms[-1].fields[known["name"]] = known.get("value", "")
        elif tag == "select":
            self._select = known["name"]
        elif tag == "option" and self._select and ("selected" in known or self._select not in self.forms[-1].fields):
            self.forms[-1].fields[self._select] = known["value"]
        elif tag == "button" and self.forms:
            self.forms[-1].buttons.append((known.get("formaction", ""), known.get("name", ""), known.get("value", "")))


class Browser:
    """Somebody's browser.

    Args:
        address: The app's.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.http = httpx2.Client(base_url=address, follow_redirects=True, timeout=60)
        self.page = httpx2.Response(204)

    # --- looking

    def open(self, path: str) -> httpx2.Response:
        """Go to a page."""
        self.page = self.http.get(path)
        return self.page

    @property
    def shown(self) -> str:
        """The text of the page that is open."""
        return self.page.text

    # --- acting

    def press(self, goes_to: str, *, do: str = "", on: str = "", **typed: str) -> httpx2.Response:
        """Press a button of the page that is open.

        Args:
            goes_to: The path that the form is sent to.
            do: What the button says for itself.
            on: Which title or play, as the form names it; empty: whichever comes first.
            typed: What is typed or chosen before.
        """
        here = str(self.page.url)
        for form in Page(self.shown).forms:
            for formaction, name, value in form.buttons or [("", "", "")]:
                there = urljoin(here, formaction or form.action or here)
                fits = urlsplit(there).path == goes_to and value == do
                if fits and (not on or on in (form.fields.get("item"), form.fields.get("play"))):
                    said = {**form.fields, **typed, **({name: value} if name else {})}
                    self.page = self.http.request(form.method.upper(), there, data=said, headers=self._origin(there))
                    return self.page
        raise AssertionError(f"no button goes to {goes_to} ({do or 'plain'}, {on or 'any'}) on {here}")

    def _origin(self, there: str) -> dict[str, str]:
        parts = urlsplit(there)
        return {"Origin": f"{parts.scheme}://{parts.netloc}"}

    # --- signing in

    def to_trakt(self, path: str = "/signin/trakt") -> httpx2.Response:
        """Trakt's page that asks whether the app may."""
        return self.open(path)

    def decide(self, user: str, decision: str = "approve") -> httpx2.Response:
        """Press a button of that page; what the app shows then."""
        assert user in Page(self.shown).users
        [form, *_] = Page(self.shown).forms
        there = urljoin(str(self.page.url), form.action)
        said = {"user": user, "decision": decision}
        self.page = self.http.post(there, data=said, headers=self._origin(there))
        return self.page

    def sign_in(self, user: str) -> httpx2.Response:
        """The whole way; the page that the app shows in the end."""
        self.to_trakt()
        page = self.decide(user)
        assert page.status_code == 200, page.text
        assert "You are not signed in" not in page.text, page.text
        return page

    def close(self) -> None:
        self.http.close()
