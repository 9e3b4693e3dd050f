"""Copies that are begun anew: a back-up comes back during a sync, an account was a local one for a while."""

from __future__ import annotations

from pathlib import Path

from tests.sync.desk import CopyDesk
from watchprint.identity.accounts import NewLink
from watchprint.store import Work
from watchprint.sync import begin_anew


def test_a_backup_that_comes_back_during_a_sync_ends_it(copying: CopyDesk, tmp_path: Path) -> None:
    """What was read before is of another store: nothing of it is kept, and the next sync makes it right."""
    films, file = copying.catalogue()["movie"], tmp_path / "backup.db"
    copying.fill(300)
    copying.later(60)
    copying.copy()
    copying.store.backup(file)
    for film in films[30:32]:
        copying.watch("movie", film)
        copying.later(60)
        copying.copy()
    copying.watch("movie", films[32])
    copying.later(60)
    restored: list[str] = []

    def before(url: str) -> None:
        if "/sync/watched/movies" in url and not restored:
            restored.append(url)
            copying.store.restore(file)

    copying.http.before = before
    assert copying.copy().outcome == "elsewhere"
    copying.http.before = None
    assert restored
    assert copying.copy().plays.added == 3
    copying.check_all(ids=True)


def test_an_account_that_was_local_for_a_while_is_read_anew(copying: CopyDesk) -> None:
    """What was taken away meanwhile, by an export or by hand, is there again: Trakt has it."""
    copying.fill(40)
    copying.later(60)
    copying.copy()
    link = copying.store.read(lambda work: work.accounts.get(copying.account_id)).link
    assert link is not None

    def local(work: Work) -> None:
        work.accounts.unlink(copying.account_id)
        work.plays.remove(copying.account_id, [each.id for each in work.plays.page(copying.account_id, limit=5)])

    copying.store.write(local)
    again = NewLink(uuid=link.uuid, trakt_url=link.trakt_url)

    def linked(work: Work) -> None:
        begin_anew(work, copying.account_id)
        work.accounts.link(copying.account_id, again)

    copying.store.write(linked)
    copying.copy()
    copying.check_all(ids=True)
