"""What is asked of an insight, read into values. Pure: the present moment is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypedDict

from watchprint.domain.period import FORMS, Period, PeriodError, needs_today, parsed
from watchprint.domain.zones import ZoneError, Zones, day_start_min, zones
from watchprint.insights.errors import BadQuestion
from watchprint.insights.insight import Insight, Parameter

Many = str | int | Iterable[str | int]
KINDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "plays": {"movie": ("movie",), "episode": ("episode",), "show": ("episode",)},
    "ratings": {kind: (kind,) for kind in ("movie", "show", "season", "episode")},
}


class Asked(TypedDict, total=False):
    """What may be asked of every insight; nothing, or None, takes the insight's default.

    Args:
        period: all, 2024, 2024-05, last 30 days, 2024-01-15, or 2024-01-01..2024-03-31.
        zone: an IANA name, or pairs (from which instant, name) where a person moved; default UTC.
        day_start: when a local day begins, default 04:00. As Trakt counts, days begin at 00:00 whatever is asked.
        now: the present moment, aware. Without it the last dated play stands for it.
        kind: movie, episode, show (its episodes), and for ratings season.
        genre, country, language, network: one value or several, of which one must hold.
        show: a show's title, slug or key, or several.
        decade: 1990 or "1990s", of the release (of an episode: of its show's first year), or several.
        as_trakt_counts: True counts every row and days from midnight; False counts as watched.
        by: plays, time or titles.
        account_id: whose plays, where the rows hold several accounts.
        compare: True sets the answer beside the one for the period before.
        unit, of, counting, limit, gap_min, on, sort: see the insight's parameters.
    """

    period: str | Period | None
    zone: str | Sequence[tuple[datetime | None, str]] | None
    day_start: str | time | None
    now: datetime | None
    kind: str | None
    genre: Many | None
    show: Many | None
    country: Many | None
    language: Many | None
    network: Many | None
    decade: Many | None
    as_trakt_counts: bool | None
    by: str | None
    account_id: int | None
    unit: str | None
    of: str | None
    counting: str | None
    limit: int | None
    gap_min: int | None
    on: str | None
    sort: str | None
    compare: bool | None


OWN = ("unit", "of", "counting", "limit", "gap_min", "on", "sort")
"""What only some insights take; each declares those that it does."""
FILTERS = ("genre", "show", "country", "language", "network", "decade")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, in values that SQL and finishers take.

    Args:
        today: the local day it is now, where the present moment was given.
        last_on: the same, or else the local day of the last dated play; None when no play is dated.
    """

    name: str
    insight: Insight
    period: Period
    zones: Zones
    day_start_min: int
    today: date | None
    last_on: date | None
    kinds: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]]
    as_trakt_counts: bool
    measure: str
    parameters: Mapping[str, Any]
    asked: Mapping[str, Any]
    account_id: int


def question(name: str, insight: Insight, asked: Asked, *, account_id: int, last_at: datetime | None) -> Question:
    """The question in values.

    Args:
        name: the name asked for, which may set parameters.
        insight: the declaration that answers to it.
        asked: what was asked.
        account_id: whose plays.
        last_at: the last dated play, which stands for the present where none is given.

    Raises:
        BadQuestion: something asked for is not understood, or the insight has no such parameter.
    """
    given: dict[str, Any] = {key: value for key, value in asked.items() if value is not None}
    if unknown := set(given) - set(Asked.__annotations__):
        raise BadQuestion(f"Insights have no parameter {sorted(unknown)[0]!r}.")
    as_trakt = bool(given.get("as_trakt_counts", insight.counts_as_trakt))
    try:
        whose = zones(given.get("zone"))
        start = 0 if as_trakt else day_start_min(given.get("day_start", "04:00"))
        today = _today(given.get("now") or last_at, whose, start)
        period = _period(given.get("period", insight.period), today)
    except (PeriodError, ZoneError) as error:
        raise BadQuestion(str(error)) from error
    kinds = _kinds(insight, given.get("kind"))
    filters = {key: _values(key, given[key]) for key in FILTERS if key in given}
    parameters = _parameters(insight, {**given, **insight.names.get(name, {})}, today)
    if insight.settle is not None:
        parameters, kinds = insight.settle(parameters, kinds)
    plain = {key: list(value) for key, value in filters.items()}
    return Question(
        name=name,
        insight=insight,
        period=period,
        zones=whose,
        day_start_min=start,
        today=today if given.get("now") else None,
        last_on=today,
        kinds=kinds,
        filters=filters,
        as_trakt_counts=as_trakt,
        measure=_chosen("by", given.get("by", insight.measures[0]), insight.measures),
        parameters=parameters,
        asked={"kind": given.get("kind"), **plain, **parameters},
        account_id=account_id,
    )


def _today(now: datetime | None, whose: Zones, start_min: int) -> date | None:
    if now is not None and now.utcoffset() is None:
        raise ZoneError("The present moment has no time zone. Pass `now` as an aware datetime.")
    return None if now is None else whose.day_of(now, start_min)


def _period(asked: str | Period, today: date | None) -> Period:
    if isinstance(asked, Period):
        return asked
    if not isinstance(asked, str):
        raise PeriodError(f"The period {asked!r} is not understood. Say {FORMS}.")
    if today is None and needs_today(asked):
        return Period(None, None, asked)
    return parsed(asked, today=today)


def _kinds(insight: Insight, kind: str | None) -> tuple[str, ...]:
    own = KINDS["ratings" if insight.reads == "ratings" else "plays"]
    return () if kind is None else own[_chosen("kind", kind, tuple(own))]


def _values(name: str, asked: Many) -> tuple[str, ...]:
    several = [asked] if isinstance(asked, str | int) else list(asked)
    if name != "decade":
        return tuple(str(value) for value in several)
    return tuple(str(_decade(value)) for value in several)


def _decade(asked: str | int) -> int:
    text = str(asked).rstrip("s")
    if not (text.isdigit() and len(text) == 4 and text.endswith("0")):
        raise BadQuestion(f"The decade {asked!r} is not understood. Write it like 1990.")
    return int(text)


def _parameters(insight: Insight, given: Mapping[str, Any], today: date | None) -> dict[str, Any]:
    own = {parameter.name: parameter for parameter in insight.parameters}
    for name in OWN:
        if name in given and name not in own:
            raise BadQuestion(f"{insight.name} has no parameter {name!r}.")
    defaults = {name: f"{today:%m-%d}" for name, each in own.items() if each.form == "day" and today is not None}
    return {name: _parameter(each, given.get(name, defaults.get(name, each.default))) for name, each in own.items()}


def _parameter(parameter: Parameter, value: Any) -> Any:
    if value is None:
        return None
    if parameter.choices:
        return _chosen(parameter.name, value, parameter.choices)
    if parameter.form == "day":
        return _day_of_year(parameter.name, value)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise BadQuestion(f"{parameter.name} is {value!r}; it must be a whole number of at least 1.")
    return value


def _day_of_year(name: str, value: Any) -> str:
    try:
        return date.fromisoformat(f"2024-{value}").strftime("%m-%d")  # a leap year, so that 02-29 is a day
    except ValueError as error:
        raise BadQuestion(f"{name} is {value!r}; it must be a day of the year like 05-24.") from error


def _chosen(name: str, value: Any, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise BadQuestion(f"{name} is {value!r}; it must be one of {', '.join(choices)}.")
    return str(value)
