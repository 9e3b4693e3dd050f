"""What the doctor sees of the store: where it is, whose revision it has, who is in it, and whether its keys open.

Looks only: makes no store, no key, and brings nothing to another revision.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from watchprint.cli.copy.telling import counted
from watchprint.cli.doctor import Finding
from watchprint.cli.home import has_store
from watchprint.settings import Settings

if TYPE_CHECKING:
    from watchprint.identity import Account
    from watchprint.store import Work
    from watchprint.trakt.tokens import Tokens

_MEND = {
    "sign_in_again": "run `watchprint login --account {name}`",
    "disconnected": "run `watchprint login --account {name}` to connect it again",
    "locked": "only Trakt's support can help",
    "refused": "check TRAKT_CLIENT_ID, and whether the application may be used",
    "limited": "remove something at Trakt, or take VIP",
}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account, and the pair it is signed in with."""

    account: Account
    tokens: Tokens


def in_store(settings: Settings) -> tuple[list[Finding], list[SignedIn]]:
    """Findings about the store, and who is signed in there as far as the pairs open.

    Args:
        settings: As they are, passwords and all.
    """
    if not has_store():
        return [], []
    from watchprint.identity import IdentityError
    from watchprint.store import Store, StoreError
    from watchprint.store.keeping.looking import look

    try:
        seen = look(home=settings.home, url=settings.database_url)
        if seen.revision is None:
            return [Finding("ok", f"store: none yet; it will be made at {seen.where}")], []
        told = f"store: {seen.kind} at {seen.where}, revision {seen.revision}"
        if not seen.current:
            return [Finding("note", f"{told}, of an older program", "the next command brings it up to date")], []
        with Store.open(home=settings.home, url=settings.database_url) as store:
            accounts, plays, signed_in = store.read(_counted)
            findings = [Finding("ok", f"{told}; {counted(len(accounts), 'account')}, {counted(plays, 'play')}")]
            findings += _links(accounts)
            found, opened = _keys(settings, [each for each in accounts if each.id in signed_in])
            return findings + found, opened
    except StoreError as error:
        return [Finding("wrong", f"store: {error}", "see the message; it says what to do")], []
    except IdentityError as error:
        return [Finding("wrong", str(error), "see the message; it says what to do")], []


def _counted(work: Work) -> tuple[list[Account], int, set[int]]:
    """The accounts, their plays together, and which of them have tokens."""
    accounts = work.accounts.all()
    plays = sum(work.plays.count(account.id) for account in accounts)
    return accounts, plays, {account.id for account in accounts if work.credentials.known(account.id)}


def _links(accounts: list[Account]) -> Iterator[Finding]:
    """What stands between accounts and Trakt."""
    for account in accounts:
        link = account.link
        if link is not None and link.status != "linked":
            state = f"account {account.name!r}: {link.status.replace('_', ' ')}"
            reason = f" ({link.status_reason})" if link.status_reason else ""
            yield Finding("wrong", state + reason, _MEND[link.status].format(name=account.name))


def _pair(account_id: int, work: Work) -> Tokens | None:
    return work.credentials.get(account_id)


def _keys(settings: Settings, signed_in: list[Account]) -> tuple[list[Finding], list[SignedIn]]:
    """Whether the keys are there and open what was sealed with them.

    Raises:
        KeysUnusable: They are damaged, or open to others.
    """
    from watchprint.identity import KeyRing, TokensUnreadable
    from watchprint.identity.keys import FILE
    from watchprint.store import Store

    file = settings.home / FILE
    if settings.keys is None and not file.exists():
        if not signed_in:
            return [Finding("ok", f"keys: none yet; they will be in {file}")], []
        lost = f"keys: {file} is gone, and tokens of {counted(len(signed_in), 'account')} do not open without it"
        return [Finding("wrong", lost, "bring the file back, or sign in again")], []
    ring = KeyRing.parsed(settings.keys) if settings.keys is not None else KeyRing.of_home(settings.home)
    where = "WATCHPRINT_KEYS" if settings.keys is not None else str(file)
    findings, opened = [Finding("ok", f"keys: {len(ring.ids)} in {where}")], list[SignedIn]()
    with Store.open(home=settings.home, url=settings.database_url, keys=ring) as store:
        for account in signed_in:
            try:
                tokens = store.read(partial(_pair, account.id))
            except TokensUnreadable as error:
                mend = f"bring back the key, or run `watchprint login --account {account.name}`"
                findings.append(Finding("wrong", f"account {account.name!r}: {error}", mend))
            else:
                opened += [SignedIn(account, tokens)] if tokens is not None else []
    return findings, opened
