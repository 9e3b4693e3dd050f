"""Who signed in: this app's own row beside Django's user, which also holds the user's token pair at Trakt, sealed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import models
from django.http import HttpRequest

from watchdiary.accounts.sealing import Unopenable, opened, sealed
from watchprint import TokenExpired, Tokens


class TraktAccount(models.Model):
    """A user's account at Trakt.

    Attributes:
        user: Django's user.
        trakt_uuid: The user's lasting id at Trakt.
        slug: Their name in Trakt's addresses; they may change it.
        name: What to call them.
        zone: Their time zone, as they told Trakt.
        sealed_pair: Access and refresh token, encrypted; empty: signed out.
        issued_at, expires_in_s: When Trakt issued the pair, and how long the access token lives [s].
    """

    user: models.OneToOneField[User, User] = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="trakt"
    )
    trakt_uuid: models.CharField[str, str] = models.CharField(max_length=100, unique=True)
    slug: models.CharField[str, str] = models.CharField(max_length=200)
    name: models.CharField[str, str] = models.CharField(max_length=200)
    zone: models.CharField[str, str] = models.CharField(max_length=100, default="UTC")
    sealed_pair: models.BinaryField[bytes, bytes] = models.BinaryField(default=b"", editable=False)
    issued_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    expires_in_s: models.IntegerField[int | None, int | None] = models.IntegerField(null=True)

    objects: ClassVar[models.Manager[TraktAccount]] = models.Manager()

    def __str__(self) -> str:
        return self.name

    @property
    def tokens(self) -> Tokens:
        """The pair.

        Raises:
            TokenExpired: There is none that can be opened.
        """
        secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        box = bytes(self.sealed_pair)
        if not box:
            raise TokenExpired("this account is signed out: sign in again")
        try:
            access_token, refresh_token = opened(box, of=self.trakt_uuid, secrets=secrets)
        except Unopenable as error:
            raise TokenExpired(f"{error}: sign in again") from error
        return Tokens(access_token, refresh_token, self.issued_at, self.expires_in_s)

    def keep(self, tokens: Tokens | None) -> None:
        """Put this pair into the row (None: no pair), and the row into the database."""
        if tokens is None:
            self.sealed_pair, self.issued_at, self.expires_in_s = b"", None, None
        else:
            self.sealed_pair = sealed(
                tokens.access_token, tokens.refresh_token, of=self.trakt_uuid, secret=settings.SECRET_KEY
            )
            self.issued_at, self.expires_in_s = tokens.created_at, tokens.expires_in_s
        self.save(update_fields=["sealed_pair", "issued_at", "expires_in_s"])


def account_of(user: AbstractBaseUser | AnonymousUser) -> TraktAccount | None:
    """The Trakt account of who is signed in; None: nobody is, or it is one of the app's other users."""
    if user.pk is None:
        return None
    return TraktAccount.objects.filter(user_id=user.pk).first()


def account_in(request: HttpRequest) -> TraktAccount:
    """The same, for pages that nobody sees without one.

    Raises:
        TokenExpired: There is none.
    """
    found = account_of(request.user)
    if found is None:
        raise TokenExpired("no Trakt account belongs to this user: sign in with Trakt")
    return found
