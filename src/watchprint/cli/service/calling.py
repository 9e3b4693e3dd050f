"""One method of the service for one command: asked, shown, and what Trakt did not know made an exit code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watchprint.cli.service.show import Columns


def ask(
    method: str,
    *arguments: Any,
    token: str | None,
    account: str | None,
    as_json: bool,
    done: str | Callable[[Any], str],
    **options: Any,
) -> None:
    """Call the method, and show what it says.

    Args:
        method: A name of TraktService.
        done: The sentence above the answer, or what makes it of the answer.
    """
    from watchprint.cli.service.reach import user
    from watchprint.cli.service.show import show_answer

    with user(token, account) as trakt:
        answer = getattr(trakt, method)(*arguments, **options)
    show_answer(answer, as_json=as_json, done=done if isinstance(done, str) else done(answer))


def read(
    method: str,
    *arguments: Any,
    columns: Columns,
    token: str | None,
    account: str | None,
    as_json: bool,
    title: str,
    **options: Any,
) -> None:
    """Call a method that gives rows, and show them."""
    from watchprint.cli.service.reach import user
    from watchprint.cli.service.show import show_rows

    with user(token, account) as trakt:
        show_rows(getattr(trakt, method)(*arguments, **options), columns, as_json=as_json, title=title)


def items_of(texts: Sequence[str] | None) -> list[Any]:
    """The items that texts name, before anything is asked."""
    from watchprint.cli.service.itemtext import item_of

    return [item_of(text) for text in texts or ()]


def listed(texts: Sequence[str], notes: str | None) -> list[Any]:
    """The same with the words that stand beside each."""
    from watchprint.trakt.facts import Listed

    return [Listed(item, notes) for item in items_of(texts)]
