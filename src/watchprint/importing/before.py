"""What has been taken in before: of whom, of which time, the same file. Decides whether a file fits an account."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from watchprint.exchange.reading.told import Reader, Whose
from watchprint.identity.accounts import Account
from watchprint.importing.errors import AnotherUser
from watchprint.store import Work
from watchprint.store.imports.imports import Import


@dataclass(frozen=True, slots=True)
class Before:
    """The imports of an account that stand.

    Attributes:
        standing: The latest first; undone ones are left out.
        newer_parts: The parts that an export of a later time than the file's has told wholly.
    """

    standing: Sequence[Import]
    newer_parts: frozenset[str]

    @classmethod
    def of(cls, work: Work, account: Account, reader: Reader) -> Before:
        """What stands of an account, looked at for this file."""
        standing = [each for each in work.imports.all(account.id) if each.undone_at is None and each.finished_at]
        newer: set[str] = set()
        for each in standing:
            at = _as_of(each)
            if at is not None and reader.as_of is not None and at > reader.as_of:
                newer.update(_said(each).get("complete", ()))
        return cls(standing, frozenset(newer))

    def is_older(self, reader: Reader) -> bool:
        """An export of a later time has been taken in."""
        times = [at for each in self.standing if each.kind == reader.kind and (at := _as_of(each)) is not None]
        return reader.as_of is not None and bool(times) and max(times) > reader.as_of

    def same_file(self, file_hash: str) -> int | None:
        """The number of the import of the same content."""
        return next((each.id for each in self.standing if each.file_hash == file_hash), None)

    def whose(self) -> Whose | None:
        """Of which Trakt user the files were."""
        for each in self.standing:
            said = _said(each)
            if said.get("whose") or said.get("whose_uuid"):
                return Whose(slug=said.get("whose"), uuid=said.get("whose_uuid"))
        return None


def user_checked(account: Account, before: Before, whose: Whose | None, name: str) -> None:
    """Refuse a file of another Trakt user than the account's: of its link, or of an earlier import.

    Raises:
        AnotherUser: It is of another.
    """
    if whose is None:
        return
    link = account.link
    known = Whose(slug=link.slug, uuid=link.uuid) if link is not None else before.whose()
    if known is None or same_user(known, whose):
        return
    how = "is linked to" if link is not None else "holds what was exported by"
    raise AnotherUser(
        f"{name} is the export of Trakt's user {_shown(whose)}, and the account {account.name!r} {how} "
        f"{_shown(known)}. Take it into another account (--account NAME), or use --force if it is the same person."
    )


def same_user(one: Whose, other: Whose) -> bool:
    """They are the same Trakt user, or nothing says that they are not; a name may change, a uuid does not."""
    if one.uuid and other.uuid:
        return one.uuid == other.uuid
    mine, theirs = _names(one), _names(other)
    return not mine or not theirs or bool(mine & theirs)


def _names(whose: Whose) -> set[str]:
    said = [each for each in (whose.slug, whose.username) if each]
    return {re.sub(r"[^a-z0-9]+", "-", each.casefold()).strip("-") or each.casefold() for each in said}


def _shown(whose: Whose) -> str:
    return repr((whose.slug or whose.username or whose.uuid or "?")[:80])


def _said(kept: Import) -> Mapping[str, Any]:
    return kept.report if isinstance(kept.report, dict) else {}


def _as_of(kept: Import) -> datetime | None:
    said = _said(kept).get("as_of")
    return None if said is None else msgspec.convert(said, datetime)
