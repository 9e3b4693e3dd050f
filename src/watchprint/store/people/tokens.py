"""An account's token pair as the client wants it: read, renewed under a lock, kept before it is used.

The lock excludes every task, thread and process that would renew this pair; it holds nobody else up, since a request
is out while it is held. Never prints a token.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Protocol, TypeVar

from watchprint.identity.errors import IdentityError, NoSuchAccount
from watchprint.store.engine.room import Room
from watchprint.store.errors import StoreError, UnknownRow
from watchprint.store.people.credentials import Credentials
from watchprint.trakt.errors import NotConfigured
from watchprint.trakt.tokens import Tokens

T = TypeVar("T")


class HasCredentials(Protocol):
    """Work that reaches the credentials."""

    credentials: Credentials


class Works(Protocol):
    """Whatever does work in a transaction, and has locks by name."""

    def read(self, work: Callable[[HasCredentials], T]) -> T: ...

    def write(self, work: Callable[[HasCredentials], T]) -> T: ...

    def holding(self, name: str) -> AbstractContextManager[object]: ...

    def room(self, name: str) -> Room | None: ...


class StoredTokens:
    """A TokenSource over an account's row."""

    def __init__(self, store: Works, account_id: int) -> None:
        self._store, self.account_id = store, account_id
        self._name = f"tokens-{account_id}"
        self._room = store.room(self._name)

    def current(self) -> Tokens:
        """The pair as it is kept now.

        Raises:
            NotConfigured: Nobody is signed in, or the pair cannot be read; the text says what to do.
        """
        with _as_the_client_says():
            tokens = self._store.read(lambda work: work.credentials.get(self.account_id))
        if tokens is None:
            raise _nobody()
        return tokens

    def renewed(self, old: Tokens, new: Tokens) -> None:
        """Keep the new pair, durably; called inside `lock()`.

        Raises:
            NotConfigured: It cannot be written.
        """
        with _as_the_client_says():
            if self._room is not None:
                self._room.free()
            self._store.write(lambda work: work.credentials.put(self.account_id, new))

    def turn(self) -> AbstractContextManager[object]:
        """Exclude all others that would renew this pair, whether or not there is one: for a new sign-in, or its end."""
        return self._store.holding(self._name)

    @contextmanager
    def lock(self) -> Generator[None]:
        """Exclude all others that would renew this pair.

        Raises:
            NotConfigured: Nobody is signed in, or the store cannot be written: nothing must be spent then. Room for
                the new pair is taken on the disk first.
        """
        with _as_the_client_says():
            held = self.turn()
            held.__enter__()
        try:
            with _as_the_client_says(), ExitStack() as taken:
                self._store.write(lambda work: work.credentials.begin_renewal(self.account_id))
                if self._room is not None:
                    taken.enter_context(self._room)
                leaving = taken.pop_all()
            with leaving:
                yield
        finally:
            held.__exit__(None, None, None)


@contextmanager
def _as_the_client_says() -> Generator[None]:
    try:
        yield
    except (UnknownRow, NoSuchAccount):
        raise _nobody() from None
    except (StoreError, IdentityError) as error:
        raise NotConfigured(str(error)) from error


def _nobody() -> NotConfigured:
    return NotConfigured("nobody is signed in with this account: run `watchprint login`")
