"""Make HTML pages from the Markdown in docs/, and refuse what a reader would trip over.

A link to a file or heading that is not there, a page that the index does not lead to, an image from elsewhere, and a
Python example that does not compile are errors: all are printed, and nothing is built. `--run` also runs the Python
examples of each page, in order, as one program. Never fetches anything, and the pages need no script.
"""

from __future__ import annotations

import argparse
import html
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[1]
INDEX = "index.md"
IMAGES = "images"
STYLE = """
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent); }
body { font: 1rem/1.6 system-ui, sans-serif; margin: 0 auto; max-width: 50rem; padding: 1rem; }
nav { border-bottom: 1px solid var(--line); padding-bottom: .5rem; }
nav a { margin-right: 1rem; }
pre { border: 1px solid var(--line); border-radius: .4rem; overflow-x: auto; padding: .8rem; }
code { font-size: .9em; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
img { height: auto; max-width: 100%; }
td, th { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
"""


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file, read. `path` is relative to the folder of all pages."""

    path: Path
    tokens: Sequence[Token]

    @property
    def title(self) -> str:
        """The text of its first heading, else its name."""
        return next((text for text, _ in headings(self)), self.path.stem)

    @property
    def examples(self) -> list[str]:
        """Its Python examples, in order."""
        return [t.content for t in self.tokens if t.type == "fence" and t.info.split()[:1] == ["python"]]


def read(docs: Path) -> dict[Path, Page]:
    """Every page of the folder by its relative path; the headings of each carry an anchor."""
    pages = {}
    for file in sorted(docs.rglob("*.md")):
        path = file.relative_to(docs)
        pages[path] = Page(path, MarkdownIt("commonmark").enable("table").parse(file.read_text("utf-8")))
        for heading, opening in headings(pages[path]):
            opening.attrSet("id", anchor(heading))
    return pages


def headings(page: Page) -> Iterator[tuple[str, Token]]:
    """The text of each heading and the token that opens it."""
    for opening, inline in zip(page.tokens, page.tokens[1:], strict=False):
        if opening.type == "heading_open":
            yield inline.content, opening


def anchor(text: str) -> str:
    """What a link to a heading ends with: `#` and this."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", text.lower()).strip())


def findings(docs: Path, pages: dict[Path, Page]) -> Iterator[str]:
    """One sentence for each thing that a reader would trip over."""
    reached = {Path(INDEX)}
    for page in pages.values():
        for target in targets(page):
            if fault := _fault(docs, pages, page, target):
                yield f"{page.path}: {fault}: {target}"
            elif page.path == Path(INDEX) and "://" not in target:
                reached.add(Path(target.partition("#")[0]))
        for number, example in enumerate(page.examples, start=1):
            try:
                compile(example, f"{page.path}, example {number}", "exec")
            except SyntaxError as fault:
                yield f"{page.path}: Python example {number} does not compile: {fault.msg}, line {fault.lineno}"
    yield from (f"{path}: {INDEX} does not lead to it" for path in pages if path not in reached)


def targets(page: Page) -> Iterator[str]:
    """Where the links and images of a page point."""
    for inline in (token for token in page.tokens if token.type == "inline"):
        for token in inline.children or ():
            if token.type in {"link_open", "image"}:
                yield str(token.attrGet("href" if token.type == "link_open" else "src"))


def _fault(docs: Path, pages: dict[Path, Page], page: Page, target: str) -> str | None:
    if "://" in target or target.startswith("mailto:"):
        return "an image from elsewhere" if re.search(r"\.(png|svg|jpe?g|gif|webp)$", target) else None
    file, _, heading = target.partition("#")
    there = Path(file) if file else page.path
    if file and page.path.parent / there not in pages and not (docs / page.path.parent / there).exists():
        return "no such file"
    if heading and there.suffix == ".md":
        whole = pages.get(page.path.parent / there if file else page.path)
        if whole is None or heading not in {anchor(text) for text, _ in headings(whole)}:
            return "no such heading"
    return None


def build(pages: dict[Path, Page], out: Path) -> None:
    """Write one HTML file a page."""
    order = [Path(INDEX)] + [Path(t.partition("#")[0]) for t in targets(pages[Path(INDEX)])]
    listed = [pages[path] for path in dict.fromkeys(order) if path in pages]
    for page in pages.values():
        up = "../" * (len(page.path.parts) - 1)
        links = "".join(
            f'<a href="{up}{other.path.with_suffix(".html").as_posix()}">{html.escape(other.title)}</a>'
            for other in listed
        )
        body = MarkdownIt("commonmark").enable("table").renderer.render(page.tokens, MarkdownIt().options, {})
        body = re.sub(r'(href="(?![\w+.-]+:)[^"#]*)\.md(?=["#])', r"\1.html", body)
        file = out / page.path.with_suffix(".html")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            '<!doctype html><html lang="en"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{html.escape(page.title)}</title><style>{STYLE}</style>"
            f"<nav>{links}</nav><main>{body}</main></html>\n",
            encoding="utf-8",
        )


def run_examples(pages: dict[Path, Page]) -> Iterator[str]:
    """One sentence for each page whose examples do not run to their end."""
    for page in pages.values():
        if page.examples:
            program = "\n\n".join(page.examples)
            ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
            if ended.returncode:
                yield f"{page.path}: its examples do not run: {ended.stderr.strip().splitlines()[-1]}"


def main() -> int:
    """Check and build; 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--docs", type=Path, default=ROOT / "docs")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "docs")
    parser.add_argument("--run", action="store_true", help="run the Python examples too")
    args = parser.parse_args()
    pages = read(args.docs)
    found = list(findings(args.docs, pages)) or (list(run_examples(pages)) if args.run else [])
    if found:
        print("\n".join(found))
        return 1
    build(pages, args.out)
    if (args.docs / IMAGES).is_dir():
        shutil.copytree(args.docs / IMAGES, args.out / IMAGES, dirs_exist_ok=True)
    print(f"{len(pages)} pages in {args.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
