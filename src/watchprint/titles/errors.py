"""What can go wrong when a source of facts is asked; each text says what to do, and holds no key.

TitlesError
├── BadAddress         what was given is no address of a server
├── KeyMissing         the source wants a key or a token, and none was given
└── SourceError        the source was asked
    ├── KeyRefused         it does not accept the key                             (nothing more is asked of it)
    ├── SourceSilent       it cannot be reached, or does not answer               (nothing more is asked of it)
    ├── SentElsewhere      it sends on to another server, which gets no key       (nothing more is asked of it)
    ├── SourceBusy         it wants to be left alone for longer than we wait      (nothing more is asked of it)
    ├── SourceBroken       it answers with an error, again and again
    └── SourceUnreadable   its answer is not what it should be
"""

from __future__ import annotations

from typing import ClassVar


class TitlesError(Exception):
    """Something about facts of titles."""


class BadAddress(TitlesError):
    """What was given is no address of a server."""


class KeyMissing(TitlesError):
    """The source wants a key or a token, and none was given."""


class SourceError(TitlesError):
    """A source did not answer as it should.

    Attributes:
        ends: Nothing more is to be asked of it in this run.
    """

    ends: ClassVar[bool] = True


class KeyRefused(SourceError):
    """The source does not accept the key."""


class SourceSilent(SourceError):
    """The source cannot be reached, or does not answer."""


class SentElsewhere(SourceError):
    """The source sends on to another server."""


class SourceBusy(SourceError):
    """The source wants to be left alone for longer than we wait."""


class SourceBroken(SourceError):
    """The source answers with an error."""

    ends = False


class SourceUnreadable(SourceError):
    """The answer of the source is not what it should be."""

    ends = False
