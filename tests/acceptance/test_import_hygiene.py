"""What the workflow sandbox imports must be free of Django: it is imported anew for every workflow."""

import subprocess
import sys

import pytest

from tests.acceptance.harness.processes import ROOT

MODULES = (
    "bots.envelope", "conversations.contracts", "conversations.workflows",
    "reminders.contracts", "reminders.workflows",
)  # fmt: skip
UNWANTED = ("django", "telegram", "httpx", "dateutil", "psycopg")
CODE = """
import importlib, sys
importlib.import_module(sys.argv[1])
print(*sorted(set(sys.argv[2:]) & set(sys.modules)))
"""


@pytest.mark.parametrize("module", MODULES)
def test_a_workflow_module_imports_no_django(module):
    ran = subprocess.run(
        [sys.executable, "-c", CODE, module, *UNWANTED],
        cwd=ROOT, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-1500:]
    assert ran.stdout.split() == []
