"""The fault matrix in docs/faults.md is complete, and what it names exists and is marked."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
ROWS = range(1, 60)
FEWEST = (
    50  # rows that are shown by a test; the others need more than one machine and a few minutes
)
LINE = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.*?) ?\|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def numbers(mark: ast.expr) -> set[int]:
    """Return the rows of a `fault_row` decorator; `"4/30"` has two."""
    if not (isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith("mark.fault_row")):
        return set()
    return {int(part) for part in str(ast.literal_eval(mark.args[0])).split("/") if part.isdigit()}


def marked() -> dict[tuple[str, str], set[int]]:
    """Return the rows of every marked test, by its file and name."""
    found: dict[tuple[str, str], set[int]] = {}
    for file in TESTS.rglob("test_*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                rows = set().union(*map(numbers, node.decorator_list))
                if rows:
                    found[str(file.relative_to(ROOT)), node.name] = rows
    return found


def described() -> dict[int, str]:
    """Return the last cell of each row of the table."""
    text = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    return {int(number): cell for number, _, _, cell in LINE.findall(text)}


def test_the_table_has_every_row_with_its_tests_or_a_reason():
    cells, tests = described(), marked()
    assert sorted(cells) == list(ROWS)
    for number, cell in cells.items():
        assert cell, f"row {number} names no test and no reason"
        for named in NAMED.findall(cell):
            assert number in tests.get(named, set()), f"row {number}: {named} is not marked so"


def test_every_marked_test_is_in_the_table():
    cells = described()
    for (file, name), rows in marked().items():
        for number in rows & set(ROWS):
            assert f"`{file}::{name}`" in cells[number], f"row {number} misses {name}"


def test_at_least_fifty_rows_are_shown_by_tests():
    rows = set().union(*marked().values()) & set(ROWS)
    assert len(rows) >= FEWEST, f"not shown: {sorted(set(ROWS) - rows)}"
