"""Each method over HTTP in every situation: the same cases, effects and errors as of the library's faces."""

from __future__ import annotations

from tests.service.cases import CASES
from tests.service.test_every_method import closed_port, test_a_method_in_every_situation
from watchprint.web.methods.table import METHODS

__all__ = ["closed_port", "test_a_method_in_every_situation"]


def test_the_table_is_the_27_methods() -> None:
    assert sorted(method.name for method in METHODS) == sorted(case.method for case in CASES)
    assert len({(method.verb, method.path) for method in METHODS}) == len(METHODS) == 27
