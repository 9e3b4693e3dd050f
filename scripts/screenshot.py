"""Draw the demo's tables as docs/images/demo.svg: what the README shows. No fonts or styles are loaded from elsewhere.

python scripts/screenshot.py
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from watchprint import insights
from watchprint.cli.drawing import render
from watchprint.sandbox.server import SandboxServer
from watchprint.sandbox.serving.options import ServerOptions
from watchprint.trakt import Trakt

TARGET = Path(__file__).parents[1] / "docs" / "images" / "demo.svg"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SHOWN = ("totals", "calendar", "punch-card", "top-shows")


def main() -> None:
    """Write the picture."""
    with SandboxServer(ServerOptions(port=0, now=NOW)) as server:
        user = server.greeting["users"][0]["access_token"]
        with Trakt(server.greeting["client_id"], tokens=user, api_url=server.base_url) as trakt:
            rows, stats = trakt.sync.history(extended="full").all(), trakt.users.stats()
    lens = insights.load(plays=rows)
    console = Console(record=True, width=82, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(Text("$ make demo", style="bold"))
    for name in SHOWN:
        answer = lens.ask(name, zone="Europe/Berlin", now=NOW)
        console.print(render(answer, stats=stats if name == "totals" else None, notes="short"))
        console.print()
    svg = console.export_svg(title="watchprint demo")
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.S)
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)  # some renderers drop blanks at the start of a text
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.S).replace("Fira Code", "ui-monospace, Menlo, Consolas")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
