"""The answers of the sign-in host against Trakt's published contract."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.desk import Desk, Reply
from tests.sandbox.test_oauth_tokens import refresh, revoke


@pytest.fixture(scope="module")
def contract(shared_dir: Path) -> Any:
    """The published contract."""
    where = importlib.util.spec_from_file_location("contract_check", shared_dir / "contract" / "check.py")
    assert where is not None
    assert where.loader is not None
    module = importlib.util.module_from_spec(where)
    where.loader.exec_module(module)
    return module.Spec()


@pytest.mark.shared
def test_answers_of_the_sign_in_host_fit_the_contract(desk: Desk, contract: Any) -> None:
    desk.obey("POST", "settings", {"rate_limits": False})
    ann = desk.user()
    keys = {"client_id": desk.client_id, "client_secret": desk.client_secret}

    def fits(path: str, reply: Reply, status: int = 200) -> Any:
        assert reply.status == status
        assert contract.errors("POST", path, status, reply.json) == []
        return reply.json

    codes = fits("/oauth/device/code", desk.post("/oauth/device/code", {"client_id": desk.client_id}))
    desk.obey("POST", "approve", {"user_code": codes["user_code"]})
    token = {"code": codes["device_code"], **keys}
    fits("/oauth/device/token", desk.post("/oauth/device/token", token))
    fits("/oauth/token", refresh(desk, ann.refresh))
    fits("/oauth/token", refresh(desk, ann.refresh), 400)
    fits("/oauth/revoke", revoke(desk, ann.access))
    assert contract.errors("POST", "/oauth/token", 200, {**codes}) != []
