"""Invented people: the demo user with ten years of viewing, and plain users with a given number of plays.

Everything follows from the seed, the clock and the catalogue: the same three give the same account, in every
process. Nothing here reads a clock or knows HTTP.
"""

from __future__ import annotations

from watchprint.sandbox.life.account import SlugTaken, add_user, limits_of
from watchprint.sandbox.life.demo import demo_user

__all__ = ["SlugTaken", "add_user", "demo_user", "limits_of"]
