"""The fault matrix: a test marked `fault_row` says how often its fault happened, and notes a figure."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import pytest


@dataclass
class Row:
    """One row of the matrix; a test that ends with nothing injected has failed."""

    number: str
    fault: str
    injected: int = 0
    figure: str = ""
    result: str = "FAILED"


# Rows travel with the reports of their tests: those may have run in another process.
PROPERTY = "fault_row"
_rows: list[Row] = []


@pytest.fixture
def row(request: pytest.FixtureRequest) -> Iterator[Row]:
    """The row of a test, from its `fault_row` mark: a number and what goes wrong."""
    number, fault = request.node.get_closest_marker("fault_row").args
    kind = request.node.callspec.id if hasattr(request.node, "callspec") else ""
    made = Row(str(number), f"{fault} ({kind})" if kind else fault)
    yield made
    passed = getattr(request.node, "passed", False)
    made.result = "ok" if passed and made.injected else "FAILED"
    request.node.user_properties.append((PROPERTY, asdict(made)))
    assert made.injected or not passed, "the fault never happened"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Let the row know how its test went."""
    report = yield
    if call.when == "call":
        item.passed = report.passed
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep the row that a test's last report brings."""
    if report.when == "teardown":
        _rows.extend(Row(**value) for name, value in report.user_properties if name == PROPERTY)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the matrix."""
    if not _rows:
        return
    terminalreporter.section("fault matrix")
    width = max(len(row.fault) for row in _rows)
    terminalreporter.line(f"{'row':<5}{'fault':<{width}}  injected  result  figure")
    for row in sorted(_rows, key=lambda row: (int(row.number.split("/")[0]), row.fault)):
        terminalreporter.line(
            f"{row.number:<5}{row.fault:<{width}}  {row.injected:>8}  {row.result:<6}  {row.figure}"
        )
