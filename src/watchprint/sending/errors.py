"""Why an import is not sent on at all."""

from __future__ import annotations


class SendingRefused(Exception):
    """It cannot be sent; the message says why and what to do. Nothing was sent."""


class NothingToSend(SendingRefused):
    """The import was undone, so that it has no plays any more."""
