"""`watchprint accounts`, `status`, `backup`, `restore`, `forget` and `keys`, as people type them. No Trakt is asked."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.keeping import accounts, home_of
from tests.cli.running import Cli, Terminal
from watchprint.cli.exits import Exit


@pytest.fixture
def local(tmp_path: Path) -> Cli:
    """The command line of a home without an application."""
    return Cli({"WATCHPRINT_HOME": str(tmp_path / "home")})


def test_accounts_are_made_named_and_listed(local: Cli) -> None:
    empty = local.process("accounts")
    assert (empty.code, empty.out) == (Exit.OK, "Accounts: nothing.\n")
    assert "watchprint accounts create NAME" in empty.err
    assert "Local mode" in empty.err
    assert local("accounts", "create", "Ann", "--zone", "Europe/Berlin").code == Exit.OK
    assert local("accounts", "create", "雪 Ünï", "--json").json["zones"] == [{"from": None, "zone": "UTC"}]
    assert local("accounts", "rename", "ann", "Anna").code == Exit.OK
    assert local("accounts", "default", "雪 ünï").code == Exit.OK
    moved = local("accounts", "zone", "anna", "Asia/Tokyo", "--from", "2024-01-31", "--json").json
    assert moved["zones"][1] == {"from": "2024-01-30T15:00:00Z", "zone": "Asia/Tokyo"}, "midnight there"
    assert local("accounts", "day-start", "anna", "5:30", "--json").json["day_start"] == "05:30"
    listed = local("accounts", "--json").json
    assert [(row["name"], row["default"], row["plays"], row["link"]) for row in listed] == [
        ("Anna", False, 0, None),
        ("雪 Ünï", True, 0, None),
    ]
    drawn = local("accounts").out
    assert "Europe/Berlin, Asia/Tokyo from 2024-01-31" in drawn
    assert local("status", "--json").json["account"]["name"] == "雪 Ünï"
    assert local("status", "--account", "ANNA").out.startswith("account     Anna")


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        (("accounts", "create", "ann"), Exit.USAGE, "already"),
        (("accounts", "create", ""), Exit.USAGE, "blank"),
        (("accounts", "create", "a\x1b[2Jb"), Exit.USAGE, "do not print"),
        (("accounts", "create", "bob", "--zone", "Nowhere"), Exit.USAGE, "time zone"),
        (("accounts", "rename", "bob", "x"), Exit.NOT_FOUND, "watchprint accounts"),
        (("accounts", "zone", "ann", "UTC", "--from", "yesterday"), Exit.USAGE, "2026-01-31"),
        (("accounts", "zone", "ann", "UTC", "--from", "2026-01-31T10:00:00"), Exit.USAGE, "offset"),
        (("accounts", "day-start", "ann", "24:00"), Exit.USAGE, "04:00"),
        (("status", "--account", "bob"), Exit.NOT_FOUND, "'bob'"),
        (("forget", "bob", "--yes"), Exit.NOT_FOUND, "'bob'"),
        (("insights", "totals", "--account", "bob"), Exit.NOT_FOUND, "'bob'"),
        (("restore", "/nowhere/at/all"), Exit.UNREADABLE, "/nowhere/at/all"),
        (("sync",), Exit.NOT_CONFIGURED, "TRAKT_CLIENT_ID"),
        (("accounts", "unlink", "bob"), Exit.NOT_FOUND, "'bob'"),
    ],
)
def test_what_cannot_be(local: Cli, typed: tuple[str, ...], code: Exit, words: str) -> None:
    assert local("accounts", "create", "ann").code == Exit.OK
    done = local(*typed)
    assert done.code == code, done
    assert words in done.sentence
    assert done.out == ""
    assert [account.name for account in accounts(local)] == ["ann"]


def test_a_backup_is_brought_back(local: Cli, tmp_path: Path) -> None:
    file = tmp_path / "kept.db"
    assert local("accounts", "create", "ann").code == Exit.OK
    done = local.process("backup", str(file), "--json")
    assert done.json == {"file": str(file), "bytes": file.stat().st_size, "accounts": 1}
    assert file.stat().st_mode & 0o077 == 0
    assert local("accounts", "create", "bob").code == Exit.OK
    assert local.process("restore", str(file), "--json").json["accounts"] == ["ann"]
    assert [account.name for account in accounts(local)] == ["ann"]
    (tmp_path / "other").write_text("no back-up")
    assert local("restore", str(tmp_path / "other")).code == Exit.UNREADABLE
    assert local("backup", str(tmp_path / "other" / "x.db")).code == Exit.NOT_CONFIGURED
    assert [account.name for account in accounts(local)] == ["ann"]


def test_forgetting_asks_for_the_name_and_lists_what_it_cannot_reach(local: Cli, tmp_path: Path) -> None:
    assert local("accounts", "create", "Ann").code == Exit.OK
    assert local("backup", str(tmp_path / "elsewhere.db")).code == Exit.OK
    assert local("backup", str(home_of(local) / "here.db")).code == Exit.OK
    for typed in ("", "bob\n", "yes\n"):
        refused = local("forget", "ann", stdin=typed)
        assert refused.code == Exit.USAGE
        assert "nothing was deleted" in refused.err
    assert len(accounts(local)) == 1
    done = local("forget", "ann", stdin="ANN\n")
    assert done.code == Exit.OK
    assert f"  {tmp_path / 'elsewhere.db'}" in done.err
    assert f"Taken out of the back-up {home_of(local) / 'here.db'}" in done.err
    assert accounts(local) == []
    assert local("accounts", "create", "bob").code == Exit.OK
    assert local("forget", "bob", "--yes", "--json").json == {
        "name": "bob", "plays": 0, "cleaned": [str(home_of(local) / "here.db")], "withdrawn": None,
        "not_withdrawn_because": None, "elsewhere": [str(tmp_path / "elsewhere.db")],
    }  # fmt: skip


def test_keys_are_rotated(local: Cli) -> None:
    assert local("keys", "rotate", "--json").json == {"sealed": 0, "keys": 2}
    assert local("keys", "rotate", "--drop-old", "--json").json == {"sealed": 0, "keys": 1}
    (home_of(local) / "keys").chmod(0o644)
    done = local("keys", "rotate")
    assert done.code == Exit.NOT_CONFIGURED
    assert "chmod 600" in done.sentence
    in_env = local.having(WATCHPRINT_KEYS="no keys at all")("accounts")
    assert in_env.code == Exit.NOT_CONFIGURED
    assert "WATCHPRINT_KEYS" in in_env.sentence


@pytest.mark.parametrize("command", [("accounts",), ("status",), ("backup", "x.db"), ("insights", "totals")])
def test_a_store_that_cannot_be_used(local: Cli, tmp_path: Path, command: tuple[str, ...]) -> None:
    file = home_of(local) / "watchprint.db"
    assert local("accounts", "create", "ann").code == Exit.OK
    with sqlite3.connect(file) as newer:
        newer.execute("INSERT INTO schema_versions VALUES ('9999', '42.0', 0)")
    newer.close()
    done = local(*command)
    assert done.code == Exit.NOT_CONFIGURED
    assert "watchprint>=42.0" in done.sentence
    assert "42.0" in local("doctor").out
    for beside in file.parent.glob("watchprint.db-*"):
        beside.unlink()
    file.write_bytes(b"no database" * 1000)
    assert local(*command).code == Exit.UNREADABLE
    assert local("doctor").code == Exit.NOT_CONFIGURED
    (tmp_path / "file").write_text("")
    beneath = local.having(WATCHPRINT_HOME=str(tmp_path / "file"))(*command)
    assert beneath.code == Exit.NOT_CONFIGURED
    assert ("TRAKT_CLIENT_ID" if command[0] == "insights" else "WATCHPRINT_HOME") in beneath.sentence


def test_a_database_that_does_not_answer_is_told_without_its_password(local: Cli) -> None:
    away = local.having(WATCHPRINT_DATABASE_URL="postgresql://ann:geheim@127.0.0.1:1/none").hiding("geheim")
    done = away("accounts")
    assert done.code == Exit.NOT_CONFIGURED
    assert "WATCHPRINT_DATABASE_URL" in done.sentence
    assert "does not answer" in away("doctor").out


def test_the_name_is_asked_for_on_a_terminal(local: Cli) -> None:
    assert local("accounts", "create", "ann").code == Exit.OK
    with Terminal(local.whole(), "forget", "ann") as terminal:
        terminal.until("Type the name to go on")
        terminal.type("\x03")
        assert terminal.ended() == Exit.INTERRUPTED
    assert len(accounts(local)) == 1
