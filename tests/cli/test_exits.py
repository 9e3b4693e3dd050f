"""Every error of the library has its exit code; what nobody foresaw has none, and keeps its trace."""

from __future__ import annotations

import inspect
from importlib import import_module
from importlib.metadata import version

import pytest

from watchprint.cli.app import EPILOG, main
from watchprint.cli.exits import CODES, Exit, exit_code
from watchprint.exchange.errors import ExportUnreadable
from watchprint.insights.errors import BadQuestion, BadRows, ExtraMissing, UnknownInsight
from watchprint.trakt import errors


@pytest.mark.parametrize("path", CODES)
def test_each_named_error_is_there(path: str) -> None:
    module, _, name = path.rpartition(".")
    assert issubclass(getattr(import_module(module), name), Exception)


def test_each_error_of_the_client_has_a_code() -> None:
    kinds = [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.TraktError) and kind is not errors.TraktError
    ]
    assert len(kinds) >= 20
    for kind in kinds:
        bare = kind.__new__(kind)
        assert exit_code(bare) is not None, kind


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.NotConfigured("x"), 3),
        (errors.Unreachable("x"), 8),
        (errors.TimedOut("x"), 8),
        (errors.UnknownOutcome("x"), 10),
        (errors.TokenExpired("x"), 5),
        (errors.AppRefused("x"), 5),
        (errors.SignInExpired("x"), 5),
        (errors.SignInDenied("x"), 6),
        (errors.NotFound("x"), 4),
        (errors.AlreadyActive("x"), 6),
        (errors.AccountLimit("x"), 6),
        (errors.AccountLocked("x"), 6),
        (errors.VipOnly("x"), 6),
        (errors.Invalid("x"), 2),
        (errors.Throttled("x", retry_after_s=1), 7),
        (errors.TraktBroken("x"), 8),
        (errors.Unreadable("x"), 12),
        (errors.PartlyWritten("x", written=None, left=()), 11),
        (UnknownInsight("x", ["y"]), 2),
        (BadQuestion("x"), 2),
        (BadRows("x"), 12),
        (ExtraMissing(), 9),
        (ExportUnreadable("x"), 12),
        (ValueError("x"), None),
        (RuntimeError("x"), None),
    ],
)
def test_the_code_of_an_error(error: Exception, code: int | None) -> None:
    assert exit_code(error) == code


def test_the_help_names_the_codes_that_a_command_can_end_with(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == Exit.OK
    shown = " ".join(capsys.readouterr().out.split())
    assert EPILOG in shown
    for code in Exit:
        if code is not Exit.TERMINATED:
            assert f"{int(code)} " in EPILOG


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == Exit.OK
    assert capsys.readouterr().out == f"watchprint {version('watchprint')}\n"
