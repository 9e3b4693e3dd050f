"""Which genres, countries, languages and networks are how common in what people watch, and what they are called.

Only figures, each an estimate with its source; a value that is not listed is a rare one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

from watchprint.insights.statistics.effects import Usual


@dataclass(frozen=True, slots=True)
class UsualShares:
    """Usual shares by value.

    Args:
        shares: of the common values.
        other: of one that is not among them.
        spread: how far people lie to either side, as an angle (of the arcsine of the root) [rad], which is the same
            for common and rare values.
        source: where they come from.
    """

    shares: Mapping[Any, float]
    other: float
    spread: float
    source: str

    def of(self, value: Any) -> Usual:
        """What is usual of one value."""
        mean = self.shares.get(value, self.other)
        return Usual(mean, self.spread * 2 * sqrt(mean * (1 - mean)), self.source)

    @property
    def looks(self) -> int:
        """Among how many the one that stands out most is picked: the listed ones and about as many rare ones."""
        return 2 * len(self.shares)


USUAL_SHARES: Mapping[str, UsualShares] = {
    "genre": UsualShares(
        {
            "drama": 0.48, "comedy": 0.38, "action": 0.22, "crime": 0.18, "adventure": 0.16, "science-fiction": 0.14,
            "thriller": 0.14, "fantasy": 0.12, "romance": 0.12, "mystery": 0.10, "horror": 0.07, "animation": 0.08,
            "family": 0.06, "documentary": 0.05, "anime": 0.05, "superhero": 0.04, "history": 0.05, "war": 0.04,
            "reality": 0.04, "music": 0.03, "children": 0.03, "suspense": 0.03, "western": 0.02, "musical": 0.02,
        },
        0.01,
        0.12,
        "how many titles of a catalogue of 8,000 well-known films and series bear each genre; a taste doubles it",
    ),
    "country": UsualShares(
        {
            "us": 0.68, "gb": 0.10, "jp": 0.05, "ca": 0.03, "fr": 0.03, "kr": 0.025, "de": 0.02, "es": 0.015,
            "au": 0.015, "it": 0.01, "in": 0.01, "se": 0.01, "dk": 0.01,
        },
        0.004,
        0.14,
        "two thirds of a catalogue of 8,000 well-known films and series are American; others also watch their own",
    ),
    "language": UsualShares(
        {
            "en": 0.82, "ja": 0.05, "fr": 0.03, "ko": 0.025, "de": 0.02, "es": 0.02, "it": 0.01, "hi": 0.01,
            "sv": 0.008, "da": 0.008, "zh": 0.008,
        },
        0.004,
        0.14,
        "four fifths of a catalogue of 8,000 well-known films and series are in English; others also watch their own",
    ),
    "network": UsualShares(
        {
            "netflix": 0.16, "hbo": 0.09, "abc": 0.06, "nbc": 0.07, "cbs": 0.07, "fox": 0.06, "amazon": 0.04,
            "prime video": 0.04, "bbc one": 0.05, "bbc two": 0.02, "amc": 0.04, "fx": 0.04, "showtime": 0.03,
            "the cw": 0.04, "apple tv+": 0.02, "disney+": 0.03, "hulu": 0.03, "channel 4": 0.02, "itv": 0.02,
        },
        0.01,
        0.14,
        "episodes of well-known series by network: a few hold a tenth each, most a few in a hundred",
    ),
}  # fmt: skip

_NAMES: Mapping[str, Mapping[str, str]] = {
    "country": {
        "us": "the United States", "gb": "Britain", "jp": "Japan", "ca": "Canada", "fr": "France", "kr": "South Korea",
        "de": "Germany", "es": "Spain", "au": "Australia", "it": "Italy", "in": "India", "se": "Sweden",
        "dk": "Denmark", "no": "Norway", "fi": "Finland", "nl": "the Netherlands", "be": "Belgium", "at": "Austria",
        "ch": "Switzerland", "pl": "Poland", "cz": "Czechia", "ru": "Russia", "ua": "Ukraine", "tr": "Turkey",
        "br": "Brazil", "mx": "Mexico", "ar": "Argentina", "cn": "China", "hk": "Hong Kong", "tw": "Taiwan",
        "th": "Thailand", "nz": "New Zealand", "ie": "Ireland", "il": "Israel", "ir": "Iran", "pt": "Portugal",
        "za": "South Africa", "hu": "Hungary", "gr": "Greece",
    },
    "language": {
        "en": "English", "ja": "Japanese", "fr": "French", "ko": "Korean", "de": "German", "es": "Spanish",
        "it": "Italian", "hi": "Hindi", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish",
        "nl": "Dutch", "pl": "Polish", "cs": "Czech", "ru": "Russian", "uk": "Ukrainian", "tr": "Turkish",
        "pt": "Portuguese", "zh": "Chinese", "cn": "Cantonese", "th": "Thai", "ar": "Arabic", "he": "Hebrew",
        "fa": "Persian", "hu": "Hungarian", "el": "Greek", "ta": "Tamil", "te": "Telugu",
    },
}  # fmt: skip


def name_of(of: str, value: str) -> str:
    """What people call a value: Japan for the country jp; the value itself where it is its own name."""
    return _NAMES.get(of, {}).get(value.lower(), value)
