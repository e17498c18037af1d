"""The documents name tests; each of them exists, and each row that is promised names at least one."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"]
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ROW = re.compile(r"^\| (C\d+|dialogue \d+) \| (.+) \| (.+) \|$", re.MULTILINE)
FEATURES = {f"C{number}" for number in range(1, 44)}
DIALOGUES = {f"dialogue {number}" for number in range(1, 16)}


def defined_in(path: Path) -> set[str]:
    """Return the names of the tests a file defines."""
    if not path.is_file():
        return set()
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.parse(path.read_text()).body if isinstance(node, kinds)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_test_a_document_names_exists(document):
    named = TEST.findall(document.read_text())
    assert [f"{file}::{name}" for file, name in named if name not in defined_in(ROOT / file)] == []


def test_every_feature_of_the_chat_has_its_line_and_a_test():
    rows = ROW.findall((ROOT / "docs" / "chat.md").read_text())
    assert [name for name, _does, _tests in rows].count("C1") == 1
    assert {name for name, _does, _tests in rows} == FEATURES | DIALOGUES
    assert len(rows) == len(FEATURES | DIALOGUES)
    assert [name for name, _does, tests in rows if not TEST.search(tests)] == []
