"""Posters, stills and avatars drawn as SVG from the name alone: nothing is fetched, nothing is anybody's art.

The same title and kind always give the same bytes. Colours and the motif come from a hash of the type and id.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from xml.sax.saxutils import escape

from watchprint.sandbox.catalogue.lettering import fitted, initials, printable
from watchprint.sandbox.catalogue.titles import Episode, Movie, Person, Season, Show, Title

SIZES: dict[str, tuple[int, int]] = {
    "poster": (400, 600),
    "fanart": (960, 540),
    "thumb": (640, 360),
    "screenshot": (640, 360),
    "logo": (400, 155),
    "banner": (760, 140),
    "clearart": (500, 281),
    "headshot": (300, 450),
    "avatar": (256, 256),
}
"""Width and height [px] of each kind."""
BARE = frozenset({"logo", "clearart"})
"""Kinds without a background, to be laid over a picture."""
LOW = frozenset({"poster", "fanart", "thumb", "screenshot"})
"""Kinds with their words at the foot; the others have them in the middle."""
FACES = frozenset({"headshot", "avatar"})
FONT = "font-family='Avenir Next,Futura,Inter,Helvetica Neue,Arial,sans-serif'"


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a picture as hues [degrees], and the number of its motif."""

    hue: int
    second: int
    motif: int
    shift: int


def poster(title: Title | str, kind: str = "poster") -> bytes:
    """An SVG picture of a title, or of a user by name.

    Args:
        title: What is drawn; text for a user's avatar.
        kind: poster, fanart, thumb, screenshot, logo, banner, clearart, headshot or avatar.

    Returns:
        A complete SVG document, under 4 kB.
    """
    width, height = SIZES[kind]
    name, small = _lettering(title)
    ink = _ink(title)
    layers = [] if kind in BARE else [_ground(ink), _motif(ink, width, height)]
    layers.append(_face(name, width, height) if kind in FACES else _words(name, small, kind, ink))
    head = f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'"
    view = f" viewBox='0 0 {width} {height}' role='img'>"
    label = f"<title>{escape(printable(name))}</title>"
    return (head + view + label + "".join(layers) + "</svg>").encode()


def _lettering(title: Title | str) -> tuple[str, str]:
    match title:
        case str():
            return title, ""
        case Person():
            return title.name, ""
        case Season():
            return title.show.title, f"Season {title.number}" if title.number else "Specials"
        case Episode():
            place = f"{title.season.number}x{title.number:02d}"
            return title.title or f"Episode {title.number}", f"{title.show.title} {place}"
        case Movie() | Show():
            return title.title, str(title.year or "")


def _ink(title: Title | str) -> Ink:
    key = title if isinstance(title, str) else f"{type(title).__name__} {title.trakt}"
    bits = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    hue = (bits[0] * 256 + bits[1]) % 360
    return Ink(hue, (hue + 40 + bits[2] % 140) % 360, bits[3] % len(MOTIFS), bits[4])


def _ground(ink: Ink) -> str:
    stops = f"<stop stop-color='hsl({ink.hue},58%,30%)'/><stop offset='1' stop-color='hsl({ink.second},62%,13%)'/>"
    turn = "x1='0' y1='0' x2='.4' y2='1'"
    gradient = f"<defs><linearGradient id='g' {turn}>{stops}</linearGradient></defs>"
    return gradient + "<rect width='100%' height='100%' fill='url(#g)'/>"


def _motif(ink: Ink, width: int, height: int) -> str:
    colour = f"hsl({ink.second},72%,62%)"
    return f"<g fill='{colour}' fill-opacity='.2'>{MOTIFS[ink.motif](width, height, ink.shift / 255)}</g>"


def _sun(width: int, height: int, shift: float) -> str:
    x, y, r = width * (0.3 + 0.4 * shift), height * 0.36, min(width, height) * 0.42
    rings = (r, r * 0.72, r * 0.44)
    return "".join(f"<circle cx='{x:.0f}' cy='{y:.0f}' r='{ring:.0f}'/>" for ring in rings)


def _hills(width: int, height: int, shift: float) -> str:
    shapes = []
    for i in range(3):
        top, peak = height * (0.42 + 0.13 * i), width * ((shift + 0.37 * i) % 1)
        shapes.append(
            f"<path d='M0 {height}V{top + height * 0.16:.0f}L{peak:.0f} {top:.0f}L{width} "
            f"{top + height * 0.2:.0f}V{height}Z'/>"
        )
    return "".join(shapes)


def _beams(width: int, height: int, shift: float) -> str:
    step = width / 4
    return "".join(
        f"<path d='M{(i + shift) * step:.0f} 0h{step * 0.45:.0f}l{-height * 0.5:.0f} {height}h{-step * 0.45:.0f}Z'/>"
        for i in range(7)
    )


def _tiles(width: int, height: int, shift: float) -> str:
    side = min(width, height) / 4
    columns, rows = int(width / side) + 1, int(height / side) + 1
    return "".join(
        f"<rect x='{x * side:.0f}' y='{y * side:.0f}' width='{side * 0.9:.0f}' height='{side * 0.9:.0f}' "
        f"rx='{side * 0.2:.0f}'/>"
        for y in range(rows)
        for x in range(columns)
        if (x * 2 + y * 3 + int(shift * 40)) % 7 < 3
    )


MOTIFS = (_sun, _hills, _beams, _tiles)


def _words(name: str, small: str, kind: str, ink: Ink) -> str:
    width, height = SIZES[kind]
    low = kind in LOW
    size, lines = fitted(name, width * 0.86, height * (0.34 if low else 0.7), height / (8 if low else 2.4))
    foot = size * 0.6 if small else 0
    last = height * 0.92 - foot if low else height * 0.5 + len(lines) * size * 0.55 - foot * 0.9
    left = f"{width * 0.07:.0f}"
    rows = [
        f"<text x='{left}' y='{last - (len(lines) - 1 - i) * size * 1.1:.0f}'>{escape(line)}</text>"
        for i, line in enumerate(lines)
    ]
    colour = f"hsl({ink.hue},80%,88%)" if kind in BARE else "#fff"
    style = f"<g {FONT} fill='{colour}' font-weight='800' font-size='{size:.0f}'>"
    return style + "".join(rows) + "</g>" + _foot(small, width, last + foot + size * 0.15, size)


def _foot(small: str, width: int, y: float, size: float) -> str:
    if not small:
        return ""
    fit, lines = fitted(small, width * 0.86, size, max(10.0, size * 0.46), most_lines=1)
    style = f"{FONT} fill='#fff' fill-opacity='.75' letter-spacing='1' font-size='{fit:.0f}'"
    return f"<text x='{width * 0.07:.0f}' y='{y:.0f}' {style}>{escape(lines[0])}</text>"


def _face(name: str, width: int, height: int) -> str:
    size = width * 0.42
    style = f"{FONT} fill='#fff' font-weight='700' font-size='{size:.0f}' text-anchor='middle'"
    return f"<text x='{width / 2:.0f}' y='{height / 2 + size * 0.35:.0f}' {style}>{escape(initials(name))}</text>"
