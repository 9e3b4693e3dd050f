"""Sending an import on to Trakt: paced, resumable, guarded against duplicates, with a preview."""

from __future__ import annotations

from watchprint.sending.errors import NothingToSend, SendingRefused
from watchprint.sending.preview import Preview, preview
from watchprint.sending.report import OUTCOMES, Outcome, Progress, Sent, Told
from watchprint.sending.sending import send_on

__all__ = [
    "OUTCOMES",
    "NothingToSend",
    "Outcome",
    "Preview",
    "Progress",
    "SendingRefused",
    "Sent",
    "Told",
    "preview",
    "send_on",
]
