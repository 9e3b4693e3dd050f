"""A Plex server's library: read whole, page by page; told of are the titles that are known here, and no others."""

from __future__ import annotations

from datetime import date

from tests.titles.running import asked_of
from tests.titles.services import PlexServer, Row, page_of_html, plex_row
from tests.titles.shelf import Viewer, episode, movie, show
from tests.trakt.servers import Asked, Told, told
from watchprint.domain.title import Facts

BAD = show({"tvdb": 81189, "imdb": "tt0903747"})
HEAT = plex_row(
    "1", "movie", ["imdb://tt0113277", "tmdb://949", "tvdb://234"], guid="plex://movie/5d776825880197001ec90e5b",
    title="Heat", year=1995, duration=10_229_000, originallyAvailableAt="1995-12-15", contentRating="R",
    studio="Warner Bros.", Genre=["Crime", "Drama", "Thriller", "Sci-Fi & Fantasy"], rating=8.3, audienceRating=9.4,
    Country=["Neverland", "United States of America"],
)  # fmt: skip
SERIES = plex_row(
    "19", "show", ["imdb://tt0903747", "tmdb://1396", "tvdb://81189"], title="Breaking Bad", year=2008,
    duration=2_820_000, originallyAvailableAt="2008-01-20", contentRating="TV-MA", studio="AMC",
    Genre=["Drama", "Crime", "Western"],
)  # fmt: skip


def leaf(key: str, season: int, number: int, *guids: str, **more: object) -> Row:
    return plex_row(
        key, "episode", guids, grandparentRatingKey="19", parentIndex=season, index=number, year=2008, **more
    )


def library(*movies: Row, shows: tuple[Row, ...] = (), episodes: tuple[Row, ...] = (), most: int = 1000) -> PlexServer:
    return PlexServer({"1": ("movie", {"1": movies}), "2": ("show", {"2": shows, "4": episodes})}, most)


def test_a_film_is_told_of_with_all_its_genres(ann: Viewer) -> None:
    [heat] = ann.watch([movie({"imdb": "tt0113277"}, name="Heat (export)")])
    asked, server = asked_of(ann, "plex", library(HEAT))
    kept = ann.kept(heat)
    assert kept.facts == Facts(
        name="Heat (export)", year=1995, runtime_min=170, country="us",
        genres=("crime", "drama", "thriller", "science-fiction", "fantasy"),
        certification="R", released_on=date(1995, 12, 15),
    )  # fmt: skip
    assert kept.ids["tmdb"] == ("949",)
    assert kept.ids["plex"] == ("5d776825880197001ec90e5b",)
    assert set(kept.sources.values()) == {"plex", "export"}
    assert (asked.asked, asked.learned, asked.not_known, asked.stopped) == (1, 1, 0, None)
    assert asked.requests == len(server.asked) == 3
    assert all("secret" not in each.target for each in server.asked)


def test_episodes_are_found_by_their_ids_their_place_or_an_older_agents_show(ann: Viewer) -> None:
    first, second, third = (
        episode(BAD, 1, 1, {"tvdb": 349232}), episode(BAD, 1, 2), episode(show({"tvdb": 79168}), 1, 1),
    )  # fmt: skip
    numbers = ann.watch([first, second, third])
    old = plex_row("50", "show", guid="com.plexapp.agents.thetvdb://79168?lang=en", title="Friends")
    friends = leaf("51", 1, 1, duration=1_320_000, guid="com.plexapp.agents.thetvdb://79168/1/1?lang=en")
    friends["grandparentRatingKey"] = "50"
    rows = (
        leaf("20", 1, 9, "tvdb://349232", "imdb://tt0959621", title="Pilot", duration=3_480_000),
        leaf("21", 1, 2, title="Cat's in the Bag...", duration=2_880_000, originallyAvailableAt="2008-01-27"),
        leaf("22", 1, 3, "tvdb://349235", duration=1),
        friends,
    )
    asked, _ = asked_of(ann, "plex", library(shows=(SERIES, old), episodes=rows))
    kept = [ann.kept(number) for number in numbers]
    assert [each.facts.runtime_min for each in kept] == [58, 48, 22]
    assert kept[1].facts.released_on == date(2008, 1, 27)
    assert kept[1].facts.year is None
    assert (kept[0].season, kept[0].number) == (1, 1)
    assert kept[0].show_id is not None
    series = ann.kept(kept[0].show_id)
    assert (series.facts.network, series.facts.runtime_min, series.facts.genres) == (
        "AMC", 47, ("drama", "crime", "western"),
    )  # fmt: skip
    assert asked.learned == 5


def test_what_is_not_known_here_is_not_kept_and_what_is_not_there_is_noted(ann: Viewer) -> None:
    heat, lost = ann.watch([movie({"tmdb": 949}), movie({"tmdb": 4711})])
    others = [plex_row(f"9{n}", "movie", [f"tmdb://{n + 5000}"], title=f"Film {n}") for n in range(450)]
    asked, server = asked_of(ann, "plex", library(*others, HEAT, shows=(SERIES,)))
    assert (asked.learned, asked.not_known) == (1, 1)
    assert ann.titles() == 2
    assert ann.store.read(lambda work: work.titles.said(lost)) == {"plex": {}}
    assert [each.query.get("X-Plex-Container-Start") for each in server.asked[1:-1]] == ["0", "200", "400"]
    again, server = asked_of(ann, "plex", library(HEAT))
    assert (again.asked, server.asked) == (0, [])
    assert ann.kept(heat).facts.runtime_min == 170


def test_a_server_that_gives_smaller_pages_than_asked_is_read_to_its_end(ann: Viewer) -> None:
    numbers = ann.watch([movie({"tmdb": n}) for n in range(1, 31)])
    films = [plex_row(str(n), "movie", [f"tmdb://{n}"], title=f"F{n}", duration=n * 60_000) for n in range(1, 31)]
    asked, _ = asked_of(ann, "plex", library(*films, most=7))
    assert asked.learned == 30
    assert [ann.kept(number).facts.runtime_min for number in numbers] == list(range(1, 31))


def test_rows_of_odd_types_say_what_can_be_read(ann: Viewer) -> None:
    numbers = ann.watch([movie({"tmdb": n}) for n in (1, 2, 3)])
    odd: list[Row] = [
        {"ratingKey": "1", "type": "movie", "Guid": [{"id": "tmdb://1"}], "title": 7, "year": "1999", "duration": "x"},
        {"ratingKey": 5, "type": "movie"},
        {"ratingKey": "2", "type": "movie", "Guid": [None, {"id": "tmdb://2"}, {"id": 3}], "Genre": "Crime",
         "duration": 0, "title": "A\x00B", "originallyAvailableAt": "soon", "contentRating": "gb/15"},
        {"ratingKey": "../../x", "type": "movie", "Guid": [{"id": "tmdb://3"}], "duration": 60_000},
    ]  # fmt: skip
    libraries = {"1": ("movie", {"1": odd})}
    asked, server = asked_of(ann, "plex", PlexServer(libraries))
    facts = [ann.kept(number).facts for number in numbers]
    assert facts == [Facts(year=1999), Facts(name="A B"), Facts()]
    assert asked.stopped is None
    assert not any(".." in each.target for each in server.asked)


def test_a_short_library_is_no_reason_to_say_that_the_rest_is_not_there(ann: Viewer) -> None:
    _, lost = ann.watch([movie({"tmdb": 949}), movie({"tmdb": 1})])

    def short(asked: Asked) -> Told:
        answer = library(HEAT)(asked)
        if asked.query.get("X-Plex-Container-Start") == "1":
            return told(200, {"MediaContainer": {"totalSize": 3}})
        body = answer.raw.partition(b"\r\n\r\n")[2]
        return told(200, body.replace(b'"totalSize": 1', b'"totalSize": 3'))

    asked, _ = asked_of(ann, "plex", short)
    assert asked.stopped == "Plex gave 1 of the 3 rows of a library. Run this again."
    assert asked.learned == 1
    assert ann.store.read(lambda work: work.titles.said(lost)) == {}


def test_what_is_no_plex_server_is_said_to_be_none(ann: Viewer) -> None:
    ann.watch([movie({"tmdb": 949})])
    for handler, words in (
        (lambda asked: page_of_html(), "other than JSON"),
        (lambda asked: told(200, {"Items": []}), "no Plex server"),
        (lambda asked: told(200, [1]), "no Plex server"),
    ):
        asked, _ = asked_of(ann, "plex", handler)
        assert asked.stopped is not None
        assert words in asked.stopped
