"""Sessions in processes that begin in odd ways."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from watchprint.insights import fleet
with fleet.sail() as session:
    print(session.sql("SELECT 1 + 1 AS two").toArrow().to_pylist(), session.conf.get("spark.sql.session.timeZone"))
import __main__
print(hasattr(__main__, "__file__"))
"""
NOTHING_YET = """
import sys
from watchprint.insights import fleet
print([name for name in ("pyspark", "pysail", "pandas", "sqlglot", "duckdb", "pyarrow") if name in sys.modules])
"""


def told(program: str) -> list[str]:
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()


def test_a_program_without_a_file() -> None:
    assert told(PROGRAM) == ["[{'two': 2}] UTC", "False"]


def test_importing_loads_nothing_of_the_extra() -> None:
    assert told(NOTHING_YET) == ["[]"]
