"""Files of viewing, row by row: `opening.open_export` gives the reader of any of them. Nothing here stores."""

from __future__ import annotations
