"""This app's own user for somebody whom Trakt has let in, with the pair that they brought. Asks Trakt nothing."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from watchdiary.accounts.models import TraktAccount
from watchdiary.accounts.tokens import RowTokens
from watchprint import Tokens


def account_with(tokens: Tokens, *, trakt_uuid: str, slug: str, name: str, zone: str) -> TraktAccount:
    """The account of this Trakt user, new or known, with the pair of this sign-in.

    Args:
        tokens: What the sign-in brought.
        trakt_uuid: Who it is, for good.
        slug, name, zone: What the user is called today, and their time zone.
    """
    with transaction.atomic():
        user, _ = User.objects.get_or_create(username=trakt_uuid, defaults={"password": "!"})  # no password opens it
        account, _ = TraktAccount.objects.update_or_create(
            trakt_uuid=trakt_uuid, defaults={"user": user, "slug": slug, "name": name, "zone": zone}
        )
    source = RowTokens(account.pk)
    with source.lock():  # a renewal that is under way must not write its pair over this one
        source.keep(tokens)
    return account
