"""TMDB as a source, with the user's own key: one request a film, one a series, and one a season with played episodes.

Titles are found by TMDB's id, else by IMDb's or TheTVDB's. Where the answer names other ids than ours, it is of
another title and nothing is taken. Only reads.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from statistics import median_low
from typing import Final, Literal

from watchprint.domain.title import Title, agree
from watchprint.store.titles.titles import KeptTitle
from watchprint.titles.abreast import abreast
from watchprint.titles.answers import tmdb as answers
from watchprint.titles.errors import KeyMissing, SourceError, SourceUnreadable
from watchprint.titles.fetching import Bounds, Fetcher, documents_of
from watchprint.titles.source import TMDB_SAYS, Known, Says, Step, Wanted, named
from watchprint.trakt.clock import Clock

API_URL: Final = "https://api.themoviedb.org"
_WIDTH: Final = 4
_PACE_S: Final = 0.05
"""Twenty a second; TMDB takes about forty."""
_V3_KEY: Final = re.compile(r"[0-9a-fA-F]{32}")
_FEW: Final = 3
"""Episodes whose lengths say what is usual in a show."""


@dataclass(slots=True)
class _Show:
    """What is to be asked of one show.

    Attributes:
        wanted: Facts of the show itself are lacking.
        seasons: The wanted episodes by season.
    """

    kept: KeptTitle
    wanted: bool = False
    seasons: dict[int, list[KeptTitle]] = field(default_factory=dict)

    def numbers(self) -> list[int]:
        """All titles that are wanted here."""
        episodes = [each.id for season in self.seasons.values() for each in season]
        return [*([self.kept.id] if self.wanted else []), *episodes]


class Tmdb:
    """TMDB.

    Args:
        key: The user's API Read Access Token (v4). An API key (v3) serves too; it can only travel in the address.
        url: Where it is.

    Raises:
        BadAddress: The address is none.
        KeyMissing: The key is blank.
    """

    name = "tmdb"
    says: Says = TMDB_SAYS

    def __init__(
        self, key: str, *, url: str = API_URL, clock: Clock | None = None, bounds: Bounds | None = None
    ) -> None:
        key = key.strip()
        if not key or not key.isascii() or not key.isprintable():
            raise KeyMissing("TMDB wants a key of your own. Give its API Read Access Token as TMDB_API_KEY.")
        old = _V3_KEY.fullmatch(key) is not None
        headers = {} if old else {"Authorization": f"Bearer {key}"}
        secret = {"api_key": key} if old else None
        self._fetcher = Fetcher(
            "TMDB", url, pace_s=_PACE_S, headers=headers, secret_query=secret, clock=clock, bounds=bounds
        )

    @property
    def requests(self) -> int:
        return self._fetcher.requests

    async def ask(self, wanted: Wanted, known: Known) -> AsyncGenerator[Step]:
        """Ask for each title, the most watched first."""
        done, total = 0, len(wanted.titles)
        results = abreast(self._jobs(wanted), _WIDTH)
        try:
            async for step in results:
                done += len(step.told.keys() | step.failed.keys()) + len(step.not_known) + len(step.without_id)
                yield replace(step, done=min(done, total), total=total)
        finally:
            await results.aclose()

    async def aclose(self) -> None:
        await self._fetcher.aclose()

    def _jobs(self, wanted: Wanted) -> list[Callable[[], Awaitable[Step]]]:
        jobs: list[Callable[[], Awaitable[Step]]] = []
        shows: dict[int, _Show] = {}
        for title in wanted.titles:
            number = title.id if title.kind == "show" else title.show_id
            if title.kind == "movie":
                jobs.append(partial(self._careful, [title.id], partial(self._movie, title)))
                continue
            kept = title if title.kind == "show" else wanted.shows.get(number or -1)
            if kept is None:
                continue
            if kept.id not in shows:
                shows[kept.id] = _Show(kept)
                jobs.append(partial(self._show_carefully, shows[kept.id]))
            if title.kind == "show":
                shows[kept.id].wanted = True
            elif title.season is not None and title.number is not None:
                shows[kept.id].seasons.setdefault(title.season, []).append(title)
        return jobs

    async def _careful(self, numbers: Sequence[int], job: Callable[[], Awaitable[Step]]) -> Step:
        """A step that fails for these titles only, where the fault is theirs."""
        try:
            return await job()
        except SourceError as error:
            if error.ends:
                raise
            return Step(failed=dict.fromkeys(numbers, str(error)))

    async def _show_carefully(self, of: _Show) -> Step:
        return await self._careful(of.numbers(), partial(self._show, of))

    async def _movie(self, kept: KeptTitle) -> Step:
        number, asked = await self._number("movie", kept)
        if number is None:
            return _nothing([kept.id], asked=asked)
        reply = await self._fetcher.get(f"/3/movie/{number}", {"append_to_response": "external_ids,release_dates"})
        if reply.status == 404:
            return Step(not_known=[kept.id])
        title = answers.movie(documents_of(reply, "TMDB"))
        return Step(told={kept.id: title}) if _same(kept, title) and title is not None else Step(not_known=[kept.id])

    async def _show(self, of: _Show) -> Step:
        number, asked = await self._number("show", of.kept)
        if number is None:
            return _nothing(of.numbers(), asked=asked)
        title = Title(kind="show", ids={"tmdb": number})
        if of.wanted:
            query = {"append_to_response": "external_ids,content_ratings"}
            reply = await self._fetcher.get(f"/3/tv/{number}", query)
            answer = None if reply.status == 404 else answers.show(documents_of(reply, "TMDB"))
            if answer is None or not _same(of.kept, answer):
                return Step(not_known=of.numbers())
            title = answer
        told: dict[int, Title] = {}
        lengths: list[int] = []
        for season, wanted in of.seasons.items():
            episodes = await self._season(number, title, season)
            told |= _paired(episodes, wanted)
            lengths += [each.title.facts.runtime_min for each in episodes if each.title.facts.runtime_min is not None]
        if of.wanted:
            told[of.kept.id] = _usual(title, lengths)
        return Step(told=told, not_known=[each for each in of.numbers() if each not in told])

    async def _season(self, number: int, show: Title, season: int) -> list[answers.Episode]:
        reply = await self._fetcher.get(f"/3/tv/{number}/season/{season}")
        if reply.status == 404:
            return []
        episodes = answers.season(documents_of(reply, "TMDB"), show, season)
        if episodes is None:
            raise SourceUnreadable("TMDB's answer is none of a season. Try again later.")
        return episodes

    async def _number(self, kind: Literal["movie", "show"], kept: KeptTitle) -> tuple[int | None, bool]:
        """TMDB's id of a title, and whether there was anything to ask for it by."""
        ids = named(kept)
        if (own := ids.get("tmdb", "")).isdecimal():
            return int(own), True
        by = {"imdb_id": ids.get("imdb"), "tvdb_id": ids.get("tvdb") if kind == "show" else None}
        asked = False
        for source, value in by.items():
            if value is None or not value.isalnum():
                continue
            asked = True
            reply = await self._fetcher.get(f"/3/find/{value}", {"external_source": source})
            found = None if reply.status == 404 else answers.found(documents_of(reply, "TMDB"), kind)
            if found is not None:
                return found, True
        return None, asked


def _nothing(numbers: Sequence[int], *, asked: bool) -> Step:
    return Step(not_known=numbers) if asked else Step(without_id=numbers)


def _same(kept: KeptTitle, title: Title | None) -> bool:
    """Whether an answer is of our title: no id tells them apart."""
    return title is not None and agree(named(kept), title.named())


def _paired(episodes: Sequence[answers.Episode], wanted: Sequence[KeptTitle]) -> dict[int, Title]:
    """What is said of the wanted episodes: by their own ids, else by their numbers."""
    by_id: Mapping[str, Title] = {each.title.named().get("tmdb", ""): each.title for each in episodes}
    by_number = {each.number: each.title for each in episodes}
    told = {}
    for kept in wanted:
        own = named(kept).get("tmdb")
        title = by_id.get(own) if own is not None else by_number.get(kept.number or 0)
        if title is not None:
            told[kept.id] = title
    return told


def _usual(show: Title, lengths: Sequence[int]) -> Title:
    """The show; where TMDB does not say how long its episodes usually are, as long as the middle one of those read."""
    if show.facts.runtime_min is not None or len(lengths) < _FEW:
        return show
    return replace(show, facts=replace(show.facts, runtime_min=median_low(lengths)))
