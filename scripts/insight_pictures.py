"""Draw every insight on the demo history into docs/images/insights/NAME.svg, and the README's docs/images/demo.svg.

The same bytes every time, as long as insights and drawings are the same; a test holds those of the checkout against it.

python scripts/insight_pictures.py [FOLDER]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from demo_history import NOW, ZONE, DemoHistory, demo_history, planted_places
from rich.console import RenderableType
from rich.text import Text
from terminal_svg import svg

from watchprint import insights
from watchprint.cli.drawing import drawn_findings, render
from watchprint.insights.engine import Lens
from watchprint.insights.findings import findings

TARGET = Path(__file__).parents[1] / "docs" / "images"
IN_THE_README = ("totals", "calendar", "punch-card", "top-shows")


def pictures() -> Iterator[tuple[str, str]]:
    """SVG by file name."""
    read = demo_history()
    lens = insights.load(plays=read.plays, ratings=read.ratings)
    yield "demo.svg", _demo(lens, read)
    placed = insights.load(plays=planted_places())
    for insight in insights.catalogue():
        answer = (placed if insight.name == "places" else lens).ask(insight.name, zone=ZONE, now=NOW)
        yield (
            f"insights/{insight.name}.svg",
            svg(_typed(insight.name), render(answer, notes="short"), title=answer.question),
        )
    found = drawn_findings(findings(lens, zone=ZONE, now=NOW))
    yield "insights/findings.svg", svg(_typed("findings"), found, title="What stands out?")


def _demo(lens: Lens, read: DemoHistory) -> str:
    drawn: list[RenderableType] = [Text("$ make demo", style="bold")]
    for name in IN_THE_README:
        answer = lens.ask(name, zone=ZONE, now=NOW)
        drawn += [render(answer, stats=read.stats if name == "totals" else None, notes="short"), Text("")]
    return svg(*drawn, title="watchprint demo")


def _typed(name: str) -> Text:
    return Text(f"$ watchprint insights {name}", style="dim")


def main(folder: Path) -> None:
    """Write the pictures."""
    for name, text in pictures():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
