"""The table of rules and tests: every test that it names exists, and no section of the rules is without rows."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.contract.rules.accounts import ACCOUNTS
from tests.contract.rules.rule import Rule
from tests.contract.rules.state import STATE
from tests.contract.rules.sync import SYNC
from tests.contract.rules.viewing import CHECK_INS, SCROBBLES

TESTS = Path(__file__).resolve().parents[2]
RULES = (*ACCOUNTS, *SCROBBLES, *CHECK_INS, *SYNC, *STATE)
SECTIONS = {"5", "9", "10", "19", *(f"11.{n}" for n in range(1, 10))}


@cache
def names_in(file: str) -> frozenset[str]:
    """The tests of a file: functions, and names of test classes (of hypothesis's state machines too)."""
    tree = ast.parse((TESTS / file).read_text())
    found = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    given = [target.id for node in tree.body if isinstance(node, ast.Assign) for target in node.targets
             if isinstance(target, ast.Name)]  # fmt: skip
    return frozenset(name for name in (*found, *given) if name.lower().startswith("test"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.section} {rule.says}")
def test_a_rule_names_tests_that_exist(rule: Rule) -> None:
    assert rule.tests
    for test in rule.tests:
        file, _, name = test.partition("::")
        assert name in names_in(file), test


def test_every_section_has_rules_and_each_rule_stands_once() -> None:
    assert {rule.section for rule in RULES} == SECTIONS
    said = [(rule.section, rule.says) for rule in RULES]
    assert len(said) == len(set(said))
