"""Display names of genres, certifications, countries and languages: what the look-ups answer."""

from __future__ import annotations

from typing import Final


def _named(text: str) -> dict[str, str]:
    """Names by code, from "code=Name,code=Name"."""
    return dict(pair.split("=") for pair in text.split(","))


GENRES: Final = (
    "action",
    "adventure",
    "animation",
    "anime",
    "biography",
    "children",
    "comedy",
    "crime",
    "documentary",
    "donghua",
    "drama",
    "family",
    "fantasy",
    "game-show",
    "history",
    "holiday",
    "home-and-garden",
    "horror",
    "mini-series",
    "music",
    "musical",
    "mystery",
    "news",
    "none",
    "reality",
    "romance",
    "science-fiction",
    "short",
    "soap",
    "special-interest",
    "sporting-event",
    "superhero",
    "suspense",
    "talk-show",
    "thriller",
    "war",
    "western",
)
"""The genre slugs that Trakt knows."""

MOVIE_CERTIFICATIONS: Final[dict[str, str]] = {
    "G": "All ages",
    "PG": "Parental guidance suggested",
    "PG-13": "Parents strongly cautioned, ages 13+",
    "R": "Mature audiences, ages 17+",
    "NR": "Not rated",
}
SHOW_CERTIFICATIONS: Final[dict[str, str]] = {
    "TV-Y": "All children",
    "TV-Y7": "Older children, ages 7+",
    "TV-G": "General audience",
    "TV-PG": "Parental guidance suggested",
    "TV-14": "Parents strongly cautioned, ages 14+",
    "TV-MA": "Mature audiences, ages 17+",
    "NR": "Not rated",
}

COUNTRIES: Final = _named(
    "ar=Argentina,at=Austria,au=Australia,be=Belgium,bg=Bulgaria,br=Brazil,ca=Canada,ch=Switzerland,"
    "cl=Chile,cn=China,co=Colombia,cz=Czech Republic,de=Germany,dk=Denmark,ee=Estonia,eg=Egypt,"
    "es=Spain,fi=Finland,fr=France,gb=United Kingdom,gr=Greece,hk=Hong Kong,hr=Croatia,hu=Hungary,"
    "id=Indonesia,ie=Ireland,il=Israel,in=India,ir=Iran,is=Iceland,it=Italy,jp=Japan,ke=Kenya,"
    "kr=South Korea,lt=Lithuania,lu=Luxembourg,lv=Latvia,mx=Mexico,my=Malaysia,ng=Nigeria,"
    "nl=Netherlands,no=Norway,nz=New Zealand,pe=Peru,ph=Philippines,pk=Pakistan,pl=Poland,pt=Portugal,"
    "ro=Romania,rs=Serbia,ru=Russia,sa=Saudi Arabia,se=Sweden,sg=Singapore,si=Slovenia,sk=Slovakia,"
    "th=Thailand,tr=Turkey,tw=Taiwan,ua=Ukraine,us=United States,uy=Uruguay,ve=Venezuela,vn=Vietnam,"
    "za=South Africa"
)
LANGUAGES: Final = _named(
    "ar=Arabic,bg=Bulgarian,bn=Bengali,ca=Catalan,cn=Cantonese,cs=Czech,da=Danish,de=German,el=Greek,"
    "en=English,es=Spanish,et=Estonian,eu=Basque,fa=Persian,fi=Finnish,fr=French,ga=Irish,gl=Galician,"
    "he=Hebrew,hi=Hindi,hr=Croatian,hu=Hungarian,id=Indonesian,is=Icelandic,it=Italian,ja=Japanese,"
    "ko=Korean,lt=Lithuanian,lv=Latvian,ml=Malayalam,ms=Malay,nb=Norwegian Bokmål,nl=Dutch,"
    "no=Norwegian,pl=Polish,pt=Portuguese,ro=Romanian,ru=Russian,sk=Slovak,sl=Slovenian,sr=Serbian,"
    "sv=Swedish,ta=Tamil,te=Telugu,th=Thai,tl=Tagalog,tr=Turkish,uk=Ukrainian,ur=Urdu,vi=Vietnamese,"
    "zh=Chinese"
)


def display(slug: str) -> str:
    """A genre's name from its slug."""
    return slug.replace("-", " ").title().replace(" And ", " & ")
