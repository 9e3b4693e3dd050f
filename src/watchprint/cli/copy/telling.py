"""How an account and its status are told: as data for `--json`, and as words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from watchprint.cli.copy.going import LOCKED, REFUSED

if TYPE_CHECKING:
    from watchprint.app import Coverage, Status
    from watchprint.identity import Account

_LINK_WORDS: Final = {
    "linked": "linked to {user}",
    "sign_in_again": "{user}: sign in again with `watchprint login`",
    "disconnected": "{user}: disconnected; `watchprint login` connects it again",
    "locked": "{user}: " + LOCKED,
    "refused": "{user}: " + REFUSED,
    "limited": "{user}: a limit of this user at Trakt is reached",
}


def account_data(account: Account) -> dict[str, Any]:
    """The account as data."""
    link = account.link
    return {
        "name": account.name,
        "default": account.is_default,
        "zones": [{"from": begun_at, "zone": zone} for begun_at, zone in account.zones.spans],
        "day_start": day_start(account),
        "revision": account.revision,
        "link": None
        if link is None
        else {
            "user": link.slug,
            "trakt": link.trakt_url,
            "vip": link.vip,
            "status": link.status,
            "since": link.status_since_at,
            "reason": link.status_reason,
        },
    }


def status_data(status: Status) -> dict[str, Any]:
    """The status as data."""
    queue, left = status.queue, status.left
    return {
        "account": account_data(status.account),
        "signed_in": status.signed_in,
        "plays": status.movies + status.episodes,
        "movies": status.movies,
        "episodes": status.episodes,
        "ratings": status.ratings,
        "zone_note": status.zone_note,
        "queue": {"owed": queue.owed, "sending": queue.sending, "unsure": queue.unsure},
        "last_sync_at": status.last_sync_at,
        "last_whole_at": status.last_whole_at,
        "next_sync_at": status.account.sync_due_at,
        "syncing_until": status.syncing_until,
        "budget": {
            "reads": left.reads,
            "reads_for_copy": left.reads_for_copy,
            "next_write_at": left.next_write_at,
            "rests_until": left.rests_until,
        },
    }


def status_facts(status: Status, now: datetime) -> dict[str, object]:
    """The status as words."""
    account, queue, left = status.account, status.queue, status.left
    waiting = {"to send": queue.owed, "on its way": queue.sending, "sent without an answer": queue.unsure}
    limits = f"{left.reads} reads now, {left.reads_for_copy} of them for a copy"
    if left.rests_until is not None and left.rests_until > now:
        limits = f"Trakt asked to wait until {shown_at(left.rests_until)}"
    elif left.next_write_at > now:
        limits += f"; next write at {shown_at(left.next_write_at)}"
    facts: dict[str, object] = {
        "account": account.name + (" (default)" if account.is_default else ""),
        "Trakt": link_words(account),
        "plays": f"{status.movies + status.episodes:,}: {status.movies:,} of films, {status.episodes:,} of episodes",
        "ratings": f"{status.ratings:,}",
        "queue": ", ".join(f"{n} {what}" for what, n in waiting.items() if n) or "nothing waits to be sent",
    }
    if account.link is not None:
        facts |= {"last sync": shown_at(status.last_sync_at) or "never", "next sync": _next(status, now)}
        facts |= {"left of Trakt's limits": limits}
    if account.link is not None and account.link.status_reason:
        facts |= {"reason": account.link.status_reason}
    return facts | {"zone": zone_words(account), "day starts": day_start(account), "revision": account.revision}


def link_words(account: Account) -> str:
    """How the link stands."""
    if account.link is None:
        return "not linked (a local account)"
    user = account.link.slug or account.link.uuid
    return _LINK_WORDS[account.link.status].format(user=user)


def day_start(account: Account) -> str:
    """When the account's days begin, as HH:MM."""
    return f"{account.day_start_min // 60:02}:{account.day_start_min % 60:02}"


def zone_words(account: Account) -> str:
    """The account's zones, each later one with the day there on which it began."""
    first, *rest = account.zones.spans
    return ", ".join([first[1], *(f"{zone} from {at.astimezone(ZoneInfo(zone)):%Y-%m-%d}" for at, zone in rest if at)])


def counted(number: int, what: str) -> str:
    """The number with what it counts: 1 account, 2 accounts."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def fact_rows(known: Coverage) -> list[tuple[str, str, str]]:
    """What is known of the plays, a row a fact: the fact, its share, and how many plays that is."""
    return [(each.words, percent(each.share), f"{each.known:,} of {each.plays:,}") for each in known.fields]


def percent(share: float | None) -> str:
    """A share in words: rounded down, so that 100 % is all."""
    return "-" if share is None else f"{int(share * 1000) / 10:.1f} %"


def minute_at(instant: datetime | None) -> str:
    """An instant in this machine's zone, to the minute."""
    return "unknown" if instant is None else f"{instant.astimezone():%Y-%m-%d %H:%M}"


def telling_columns(
    heads: Sequence[str], rows: Iterable[Sequence[object]], *, always: Collection[str] = ()
) -> tuple[list[str], list[list[object]]]:
    """A table without the columns that say nothing: every cell of them is empty or 0.

    Args:
        always: Columns that stay.
    """
    table = [list(row) for row in rows]
    stays = [head in always or any(row[at] not in ("", "0", 0, None) for row in table) for at, head in enumerate(heads)]
    kept = [head for head, stay in zip(heads, stays, strict=True) if stay]
    return kept, [[cell for cell, stay in zip(row, stays, strict=True) if stay] for row in table]


def shown_at(instant: datetime | None) -> str:
    """An instant in this machine's zone; nothing for none."""
    return "" if instant is None else f"{instant.astimezone():%Y-%m-%d %H:%M:%S}"


def _next(status: Status, now: datetime) -> str:
    due_at = status.account.sync_due_at
    if status.syncing_until is not None:
        return "one runs now"
    if due_at is None:
        return "none is planned"
    return "due now" if due_at <= now else shown_at(due_at)
