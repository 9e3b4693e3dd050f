"""`watchprint titles` and `titles fill`: the real program, over HTTP, with keys that never come out."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.cli.running import Cli
from tests.titles.services import TOKEN, JellyfinServer, PlexServer, TmdbServer, TvMazeServer, plex_row, serving
from tests.titles.shelf import Viewer, episode, movie, show
from tests.titles.test_tmdb import HEAT
from tests.titles.test_tvmaze import SERIES
from tests.trakt.servers import Server, refused_url, told
from watchprint.cli.exits import Exit
from watchprint.store import Store

BAD = show({"tvdb": 81189, "imdb": "tt0903747"}, name="Breaking Bad")
ON_PLEX = plex_row("1", "movie", ["tmdb://949"], title="Heat", duration=10_200_000, Genre=["Crime"])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with an account that watched a film twice and an episode."""
    folder = tmp_path / "home"
    folder.mkdir()
    with Store.open(home=folder) as store:
        ann = Viewer(store, store.write(lambda work: work.accounts.create("ann")).id)
        ann.watch([movie({"tmdb": 949}, name="Heat"), movie({"tmdb": 949}, name="Heat"), episode(BAD, 1, 1)])
    return folder


@pytest.fixture
def cli(home: Path) -> Cli:
    """The command line in that home, with keys in its environment and Trakt out of reach."""
    keys = dict.fromkeys(("PLEX_TOKEN", "JELLYFIN_API_KEY", "EMBY_API_KEY", "TMDB_API_KEY"), TOKEN)
    return Cli({"WATCHPRINT_HOME": str(home), **keys}, (TOKEN,))


@pytest.fixture
def tmdb() -> Generator[Server]:
    """A TMDB that knows the film."""
    with serving(TmdbServer(movies={949: HEAT})) as server:
        yield server


def test_what_is_known_is_shown_with_what_would_raise_it(cli: Cli) -> None:
    shown = cli("titles")
    assert shown.code == 0
    assert "3 plays of ann" in shown.out
    assert "0.0 %" in shown.out
    assert "top of genre" in shown.out
    assert "watchprint titles fill --tmdb" in shown.err
    found = cli("titles", "--json", "--account", "ann").json
    assert found["plays"] == 3
    assert {each["field"]: each["share"] for each in found["fields"]}["runtime_min"] == 0
    assert [each["source"] for each in found["raise_by"]] == [
        "trakt", "export", "plex", "jellyfin", "emby", "tmdb", "tvmaze",
    ]  # fmt: skip


def test_sources_that_are_named_are_asked_and_no_others(cli: Cli, tmdb: Server) -> None:
    plex = PlexServer({"1": ("movie", {"1": [ON_PLEX]})})
    with serving(plex) as one, serving(TvMazeServer({169: SERIES})) as two:
        ended = cli("titles", "fill", "--plex", one.url, "--tvmaze", "--tvmaze-url", two.url, "--tmdb-url", tmdb.url)
    assert ended.code == 0, ended.err
    assert tmdb.asked == []
    assert "CC BY-SA" in ended.err
    assert "100.0 %" in ended.out
    found = {each["field"]: each for each in cli("titles", "--json").json["fields"]}
    assert found["runtime_min"]["by_source"] == {"plex": 2, "tvmaze": 1}
    assert found["language"]["by_source"] == {"tvmaze": 1}
    assert "plex" not in {each["source"] for each in cli("titles", "--json").json["raise_by"]}


def test_filling_tells_what_became_of_it_and_does_not_ask_twice(cli: Cli, tmdb: Server) -> None:
    arguments = ("titles", "fill", "--tmdb", "--tmdb-url", tmdb.url, "--json")
    ended = cli(*arguments)
    assert ended.code == 0
    assert "not endorsed or certified by TMDB" in ended.err
    [asked] = ended.json["sources"]
    assert (asked["asked"], asked["learned"], asked["not_known"], asked["stopped"]) == (3, 1, 2, None)
    assert {each["field"]: each["known"] for each in ended.json["coverage"]["fields"]}["runtime_min"] == 2
    before = len(tmdb.asked)
    assert cli(*arguments).json["sources"][0]["asked"] == 0
    assert len(tmdb.asked) == before
    assert cli(*arguments, "--again").json["sources"][0]["asked"] > 0


def test_a_source_that_fails_is_told_in_words_and_in_the_exit_code(cli: Cli) -> None:
    with serving(JellyfinServer([])) as jellyfin, serving(lambda asked: told(200, b"<html>")) as page:
        wrong = cli.having(JELLYFIN_API_KEY="another-secret").hiding("another-secret")
        ended = wrong("titles", "fill", "--jellyfin", jellyfin.url)
        assert ended.code == Exit.NOT_CONFIGURED
        assert "does not accept the key" in ended.err
        ended = cli("titles", "fill", "--emby", page.url, "--tmdb", "--tmdb-url", page.url)
        assert ended.code == Exit.UNREADABLE
        assert "not JSON" in ended.err or "other than JSON" in ended.err
    ended = cli("titles", "fill", "--plex", refused_url())
    assert ended.code == Exit.NO_ANSWER
    assert "Plex cannot be reached" in ended.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), Exit.USAGE, "name whom to ask"),
        (("--plex", "file:///etc/passwd"), Exit.USAGE, "must look like http"),
        (("--plex", f"http://h:1/?X-Plex-Token={TOKEN}"), Exit.USAGE, "give the token by itself"),
        (("--tmdb", "--account", "nobody"), Exit.NOT_FOUND, "nobody"),
    ],
)
def test_what_cannot_be_asked_is_said_before_anything_is(
    cli: Cli, arguments: tuple[str, ...], code: Exit, words: str
) -> None:
    ended = cli("titles", "fill", *arguments)
    assert ended.code == code
    assert words in ended.err


def test_a_key_that_is_missing_is_named(cli: Cli) -> None:
    bare = cli.having(PLEX_TOKEN=None, TMDB_API_KEY=None, EMBY_API_KEY=None, JELLYFIN_API_KEY=None)
    for arguments, name in (
        (("--plex", "http://127.0.0.1:1"), "PLEX_TOKEN"),
        (("--jellyfin", "http://127.0.0.1:1"), "JELLYFIN_API_KEY"),
        (("--emby", "http://127.0.0.1:1"), "EMBY_API_KEY"),
        (("--tmdb",), "TMDB_API_KEY"),
    ):
        ended = bare("titles", "fill", *arguments)
        assert ended.code == Exit.NOT_CONFIGURED
        assert name in ended.sentence


def test_a_key_may_be_typed_and_is_not_echoed(cli: Cli, tmdb: Server) -> None:
    bare = cli.having(TMDB_API_KEY=None)
    ended = bare.process("titles", "fill", "--tmdb", "--tmdb-api-key", TOKEN, "--tmdb-url", tmdb.url)
    assert ended.code == 0, ended.err
    assert {each.token for each in tmdb.asked} == {TOKEN}
