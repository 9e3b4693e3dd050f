"""Makes the catalogue that the sandbox ships, from a folder of Parquet tables and the lists beside this file.

Run: python scripts/build_catalogue.py FOLDER [OUT]. The same folder and lists give the same bytes. Takes
single facts (titles, ids, years, dates, lengths, genres), never texts. catalogue/films.txt and shows.txt say
which titles and complete what the tables lack, people.txt names people, extras.py adds titles for tests only.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from catalogue.extras import extra_movies, with_traps
from catalogue.lists import Facts, listed_films, listed_people, listed_shows

from watchprint.sandbox.catalogue.rows import (
    EPOCH,
    EpisodeRow,
    MovieRow,
    SeasonRow,
    Shipped,
    ShowRow,
    packed,
)
from watchprint.sandbox.catalogue.shipped import DATA
from watchprint.sandbox.present import names

Row = dict[str, Any]
OUT = Path(__file__).parents[1] / "src/watchprint/sandbox/catalogue/data" / DATA
COMPLETE = ("runtime", "genres", "country", "language", "released", "imdb")
KNOWN_FILMS_BELOW = 2_000
"""Complete films with a Trakt id under this are old entries, all well known; later ones must be listed."""
WELL_RATED_VOTES = 1_000
GENRES = frozenset(names.GENRES) - {"none"}
"""Trakt's genre slugs; what the tables call otherwise is left out."""


def table(folder: Path, name: str) -> list[Row]:
    """The rows of one Parquet table."""
    rows: list[Row] = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return rows


def minutes(at: datetime | None) -> int | None:
    """Minutes since 1970."""
    return None if at is None else int((at - EPOCH).total_seconds()) // 60


def known_genres(slugs: list[str] | None) -> tuple[str, ...]:
    """Those that Trakt has."""
    return tuple(slug for slug in slugs or () if slug in GENRES)


def usable(row: Row) -> bool:
    """Whether a title has a real Trakt id and a TMDB id."""
    return not row["trakt_synthetic"] and row["tmdb"] is not None


def well_known(film: Row) -> bool:
    """Whether a film is taken without being listed."""
    complete = all(film[k] for k in COMPLETE) and film["runtime_src"] != "imputed"
    return complete and (film["trakt"] < KNOWN_FILMS_BELOW or (film["votes"] or 0) >= WELL_RATED_VOTES)


def chosen_films(folder: Path) -> Iterator[tuple[Row, Facts]]:
    """Each film to ship with what the list says of it."""
    wanted = listed_films()
    for film in table(folder, "movies"):
        facts = wanted.pop((film["title"], film["year"]), None) if usable(film) else None
        if facts is not None or (usable(film) and well_known(film)):
            yield film, facts or {}
    if wanted:
        raise SystemExit(f"films.txt names films that the tables do not have: {sorted(wanted)}")


def movie_row(film: Row, facts: Facts) -> MovieRow:
    """A film's row: listed facts first, then the tables'."""
    known = {**film, **facts}
    rating = known["rating"]
    return MovieRow(
        trakt=known["trakt"],
        slug=known["slug"],
        title=known["title"],
        year=known["year"],
        imdb=known["imdb"],
        tmdb=known["tmdb"],
        released=known["released"],
        runtime_min=known["runtime"],
        genres=known_genres(known["genres"]),
        country=known["country"],
        language=known["language"],
        certification=known["certification"],
        rating=None if rating is None else round(rating, 2),
        votes=known["votes"],
    )


def episode_row(row: Row, runtime_min: int | None) -> EpisodeRow:
    """An episode's row; the length is the show's unless the table knows better."""
    return EpisodeRow(
        trakt=row["trakt"],
        number=row["number"],
        number_abs=row["number_abs"],
        aired_min=minutes(row["first_aired"]),
        runtime_min=runtime_min or row["runtime"],
        title=row["title"],
        tvdb=row["tvdb"],
        imdb=row["imdb"],
        tmdb=row["tmdb"],
    )


def season_rows(seasons: list[Row], episodes: dict[int, list[Row]], runtime_min: int | None) -> list[SeasonRow]:
    """A show's seasons in order, without those that have no episodes."""
    made = []
    for season in sorted(seasons, key=lambda s: int(s["number"])):
        rows = sorted(episodes[season["number"]], key=lambda e: int(e["number"]))
        if rows:
            made.append(
                SeasonRow(
                    season["trakt"],
                    season["number"],
                    season["tvdb"],
                    season["tmdb"],
                    [episode_row(e, runtime_min) for e in rows],
                )
            )
    return made


def first_aired_min(seasons: list[SeasonRow], premiered: date | None) -> int | None:
    """When the first regular episode aired."""
    aired = [e.aired_min for s in seasons if s.number for e in s.episodes if e.aired_min is not None]
    if aired:
        return min(aired)
    return None if premiered is None else minutes(datetime.combine(premiered, datetime.min.time(), EPOCH.tzinfo))


def show_row(show: Row, facts: Facts, seasons: list[SeasonRow]) -> ShowRow:
    """A show's row: listed facts first, then the tables'."""
    known = {**show, **facts}
    rating = known["rating"]
    return ShowRow(
        trakt=known["trakt"],
        slug=known["slug"],
        title=known["title"],
        year=known["year"],
        imdb=known["imdb"],
        tmdb=known["tmdb"],
        tvdb=known["tvdb"],
        aired_min=first_aired_min(seasons, known["first_aired_date"]),
        runtime_min=known["runtime"],
        genres=known_genres(known["genres"]),
        country=known["country"],
        language=known["language"],
        certification=known["certification"],
        network=known["network"],
        status=known["status"],
        rating=None if rating is None else round(rating, 2),
        votes=known["votes"],
        seasons=seasons,
    )


def show_rows(folder: Path) -> Iterator[ShowRow]:
    """Every listed show, with its seasons."""
    wanted = listed_shows()
    seasons: dict[int, list[Row]] = defaultdict(list)
    episodes: dict[int, dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for season in table(folder, "seasons"):
        seasons[season["show_id"]].append(season)
    for episode in table(folder, "episodes"):
        episodes[episode["show_id"]][episode["season"]].append(episode)
    for show in table(folder, "shows"):
        facts = wanted.pop((show["title"], show["year"]), None) if usable(show) else None
        if facts is not None:
            length = facts.get("runtime")
            yield show_row(show, facts, season_rows(seasons[show["trakt"]], episodes[show["trakt"]], length))
    if wanted:
        raise SystemExit(f"shows.txt names shows that the tables do not have: {sorted(wanted)}")


def built(folder: Path) -> Shipped:
    """The whole catalogue."""
    movies = [movie_row(film, facts) for film, facts in chosen_films(folder)]
    shows = [with_traps(show) for show in show_rows(folder)]
    return Shipped(
        movies=sorted([*movies, *extra_movies()], key=lambda m: m.trakt),
        shows=sorted(shows, key=lambda s: s.trakt),
        people=listed_people(),
    )


def main() -> None:
    """Build and write, and say what came of it."""
    parser = argparse.ArgumentParser(description="Make the sandbox's shipped catalogue.")
    parser.add_argument("folder", type=Path, help="folder of movies, shows, seasons, episodes (Parquet)")
    parser.add_argument("out", type=Path, nargs="?", default=OUT)
    args = parser.parse_args()
    data = built(args.folder)
    raw = packed(data)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_bytes(raw)
    episodes = sum(len(s.episodes) for show in data.shows for s in show.seasons)
    print(f"{len(data.movies)} films, {len(data.shows)} shows, {episodes} episodes, {len(data.people)} people")
    print(f"{len(raw) / 1000:.0f} kB in {args.out}")


if __name__ == "__main__":
    main()
