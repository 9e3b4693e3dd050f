"""Countries by their English names and codes, as Trakt's codes (ISO 3166-1, two letters, small)."""

from __future__ import annotations

from typing import Final

_NAMES: Final = (
    "ad Andorra; ae United Arab Emirates|UAE; af Afghanistan; ag Antigua and Barbuda; al Albania; am Armenia; ao "
    "Angola; ar Argentina; at Austria; au Australia; aw Aruba; az Azerbaijan; ba Bosnia and Herzegovina|Bosnia; bb "
    "Barbados; bd Bangladesh; be Belgium; bf Burkina Faso; bg Bulgaria; bh Bahrain; bi Burundi; bj Benin; bm Bermuda; "
    "bn Brunei|Brunei Darussalam; bo Bolivia; br Brazil; bs Bahamas|The Bahamas; bt Bhutan; bw Botswana; by Belarus; "
    "bz Belize; ca Canada; cd Congo|Democratic Republic of the Congo; cf Central African Republic; cg Republic of the "
    "Congo; ch Switzerland; ci Ivory Coast|Cote D'Ivoire|Côte d'Ivoire; cl Chile; cm Cameroon; cn China|People's "
    "Republic of China|Mainland China; co Colombia; cr Costa Rica; cu Cuba; cv Cape Verde; cy Cyprus; cz Czech "
    "Republic|Czechia; de Germany|West Germany; dj Djibouti; dk Denmark; dm Dominica; do Dominican Republic; dz "
    "Algeria; ec Ecuador; ee Estonia; eg Egypt; er Eritrea; es Spain; et Ethiopia; fi Finland; fj Fiji; fo Faroe "
    "Islands; fr France; ga Gabon; gb United Kingdom|UK|Great Britain|England|Scotland|Wales; gd Grenada; ge Georgia; "
    "gh Ghana; gl Greenland; gm Gambia; gn Guinea; gp Guadeloupe; gq Equatorial Guinea; gr Greece; gt Guatemala; gw "
    "Guinea-Bissau; gy Guyana; hk Hong Kong|Hong Kong SAR China; hn Honduras; hr Croatia; ht Haiti; hu Hungary; id "
    "Indonesia; ie Ireland; il Israel; im Isle of Man; in India; iq Iraq; ir Iran|Islamic Republic of Iran; is "
    "Iceland; it Italy; jm Jamaica; jo Jordan; jp Japan; ke Kenya; kg Kyrgyzstan|Kyrgyz Republic; kh Cambodia; kp "
    "North Korea; kr South Korea|Korea|Republic of Korea|Korea, Republic of; kw Kuwait; ky Cayman Islands; kz "
    "Kazakhstan; la Laos|Lao People's Democratic Republic; lb Lebanon; lc Saint Lucia; li Liechtenstein; lk Sri "
    "Lanka; lr Liberia; ls Lesotho; lt Lithuania; lu Luxembourg; lv Latvia; ly Libya|Libyan Arab Jamahiriya; ma "
    "Morocco; mc Monaco; md Moldova; me Montenegro; mg Madagascar; mk North Macedonia|Macedonia; ml Mali; mm "
    "Myanmar|Burma; mn Mongolia; mo Macao|Macau; mq Martinique; mr Mauritania; mt Malta; mu Mauritius; mv Maldives; "
    "mw Malawi; mx Mexico; my Malaysia; mz Mozambique; na Namibia; ne Niger; ng Nigeria; ni Nicaragua; nl "
    "Netherlands|The Netherlands|Holland; no Norway; np Nepal; nz New Zealand; om Oman; pa Panama; pe Peru; pg Papua "
    "New Guinea; ph Philippines; pk Pakistan; pl Poland; pr Puerto Rico; ps Palestine|Palestinian Territory|State of "
    "Palestine; pt Portugal; py Paraguay; qa Qatar; ro Romania; rs Serbia; ru Russia|Russian Federation; rw Rwanda; "
    "sa Saudi Arabia; sc Seychelles; sd Sudan; se Sweden; sg Singapore; si Slovenia; sk Slovakia|Slovak Republic; sl "
    "Sierra Leone; sm San Marino; sn Senegal; so Somalia; sr Suriname; ss South Sudan; sv El Salvador; sy "
    "Syria|Syrian Arab Republic; sz Eswatini|Swaziland; td Chad; tg Togo; th Thailand; tj Tajikistan; tm "
    "Turkmenistan; tn Tunisia; to Tonga; tr Turkey|Türkiye; tt Trinidad and Tobago; tw Taiwan; tz Tanzania; ua "
    "Ukraine; ug Uganda; us United States of America|United States|USA|US|America; uy Uruguay; uz Uzbekistan; va "
    "Vatican|Holy See|Vatican City; ve Venezuela; vn Vietnam|Viet Nam; vu Vanuatu; ws Samoa; xk Kosovo; ye Yemen; za "
    "South Africa; zm Zambia; zw Zimbabwe"
)
_CODES: Final = {
    name.casefold(): entry.partition(" ")[0]
    for entry in _NAMES.split("; ")
    for name in entry.partition(" ")[2].split("|")
}
_KNOWN: Final = frozenset(_CODES.values())


def code(said: str | None) -> str | None:
    """The code of a country, by its English name or its code; None where there is none."""
    if said is None:
        return None
    word = said.strip().casefold()
    return _CODES.get(word) or (word if word in _KNOWN else None)


def first(names: list[str]) -> str | None:
    """The code of the first country whose name is known."""
    return next((found for name in names if (found := code(name)) is not None), None)
