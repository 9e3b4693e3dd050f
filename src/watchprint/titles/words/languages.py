"""Languages by their English names and codes, as Trakt's codes: ISO 639-1, and TMDB's cn for Cantonese."""

from __future__ import annotations

from typing import Final

_NAMES: Final = (
    "cn Cantonese; nb Norwegian Bokmål; "
    "af Afrikaans; am Amharic; ar Arabic; az Azerbaijani; be Belarusian; bg Bulgarian; bn Bengali; bs Bosnian; ca "
    "Catalan; cs Czech; cy Welsh; da Danish; de German; el Greek|Modern Greek; en English; eo Esperanto; es Spanish; "
    "et Estonian; eu Basque; fa Persian|Farsi; fi Finnish; fr French; fy Western Frisian|Frisian; ga Irish; gd "
    "Scottish Gaelic|Gaelic; gl Galician; gu Gujarati; he Hebrew; hi Hindi; hr Croatian; hu Hungarian; hy Armenian; "
    "id Indonesian; is Icelandic; it Italian; ja Japanese; jv Javanese; ka Georgian; kk Kazakh; km Khmer; kn Kannada; "
    "ko Korean; ku Kurdish; ky Kyrgyz; la Latin; lb Luxembourgish; lo Lao; lt Lithuanian; lv Latvian; mk Macedonian; "
    "ml Malayalam; mn Mongolian; mr Marathi; ms Malay; mt Maltese; my Burmese; ne Nepali; nl Dutch; no Norwegian; pa "
    "Punjabi|Panjabi; pl Polish; ps Pashto; pt Portuguese; ro Romanian; ru Russian; sd Sindhi; si Sinhalese|Sinhala; "
    "sk Slovak; sl Slovenian; so Somali; sq Albanian; sr Serbian; sv Swedish; sw Swahili; ta Tamil; te Telugu; th "
    "Thai; ti Tigrinya; tl Tagalog|Filipino; tn Tswana; tr Turkish; tt Tatar; uk Ukrainian; ur Urdu; uz Uzbek; vi "
    "Vietnamese; wo Wolof; xh Xhosa; yi Yiddish; yo Yoruba; zh Chinese|Mandarin; zu Zulu"
)
_NONE: Final = "xx"
"""TMDB's word for no language at all."""
_CODES: Final = {
    name.casefold(): entry.partition(" ")[0]
    for entry in _NAMES.split("; ")
    for name in entry.partition(" ")[2].split("|")
}


def code(said: str | None) -> str | None:
    """The code of a language, by its English name or a code of two letters; None where there is none."""
    if said is None:
        return None
    word = said.strip().casefold()
    if word != _NONE and len(word) == 2 and word.isascii() and word.isalpha():
        return word
    return _CODES.get(word)
