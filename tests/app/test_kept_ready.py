"""A large account's tables are kept ready by whoever changes it; whoever asks only reads them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.app.conftest import settings
from tests.store.places import Place
from watchprint.app import Watchprint
from watchprint.app.keeping import KEPT_FROM
from watchprint.app.lenses import Lenses

BEGAN = datetime(2020, 1, 1, 20, tzinfo=UTC)
HEAD = "type,title,year,trakt_id,watched_at"


def history(folder: Path, plays: int, name: str = "history.csv", first: int = 0) -> Path:
    rows = [
        f"movie,Film {n % 300},{1960 + n % 300 % 60},{1 + n % 300},{BEGAN + timedelta(hours=9 * n):%Y-%m-%dT%H:%M:%SZ}"
        for n in range(first, first + plays)
    ]
    (folder / name).write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return folder / name


def asked(app: Watchprint, account_id: int) -> dict[str, Any]:
    async def opened() -> dict[str, Any]:
        lenses = Lenses(app.store)
        try:
            return (await lenses.of(account_id)).ask("totals").to_json_dict()
        finally:
            lenses.close()

    return asyncio.run(opened())


def test_an_import_keeps_them_and_they_answer_as_the_rows_do(place: Place, tmp_path: Path) -> None:
    with Watchprint.open(settings(place)) as app:
        account = app.create_account("local")
        app.take_in(history(tmp_path, KEPT_FROM), account)
        kept = app.store.kept_tables(account.id)
        assert kept is not None
        assert len(kept.plays) == KEPT_FROM
        with_them = asked(app, account.id)
        assert with_them["n"] == KEPT_FROM
        app.take_in(history(tmp_path, 3, "more.csv", first=KEPT_FROM), account)
        again = app.store.kept_tables(account.id)
        assert again is not None
        assert again.revision == kept.revision, "three plays more are told as changes"
        assert asked(app, account.id)["n"] == KEPT_FROM + 3
        app.take_in(history(tmp_path, 1_200, "many.csv", first=KEPT_FROM + 3), account)
        newer = app.store.kept_tables(account.id)
        assert newer is not None
        assert newer.revision > kept.revision
        assert asked(app, account.id)["n"] == KEPT_FROM + 1_203


def test_whoever_asks_writes_nothing_and_a_small_account_keeps_none(place: Place, tmp_path: Path) -> None:
    with Watchprint.open(settings(place)) as app:
        account = app.create_account("local")
        app.take_in(history(tmp_path, 20), account)
        assert asked(app, account.id)["n"] == 20
        assert app.store.kept_tables(account.id) is None
