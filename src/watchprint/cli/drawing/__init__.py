"""Answers of insights as tables and plots for a terminal of 80 columns.

Only looks: every number comes from the answer. Texts from outside are never read as markup or control codes.
"""

from __future__ import annotations

from watchprint.cli.drawing.frame import Notes, render
from watchprint.cli.drawing.paper import WIDTH
from watchprint.cli.drawing.standing_out import drawn_findings

__all__ = ["WIDTH", "Notes", "drawn_findings", "render"]
