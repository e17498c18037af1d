"""`python -m tests`, which `make test` runs: the whole suite, then what depends on the database on PostgreSQL.

`--fast` leaves out real processes and the browser; `--full` adds the long forms; everything else
goes to pytest.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from typing import TextIO

from tests.machine import slowness, within

# Seconds after which no further test is begun; what is left out is named. Only a machine several times
# slower than an ordinary one gets there, and only where somebody asked for it.
SECONDS = float(os.environ.get("TESTS_SECONDS", "inf"))
ROOT = Path(__file__).resolve().parent.parent
# What must hold on PostgreSQL too; the acceptance tests choose their databases themselves.
ON_POSTGRESQL = (
    "tests/bad_inputs",
    "tests/bots",
    "tests/chat",
    "tests/chat_rules",
    "tests/config",
    "tests/conversations",
    "tests/desk",
    "tests/followups",
    "tests/reliability",
    "tests/reminders",
)
IN_PROCESS = ("-m", "not acceptance and not browser and not chaos")
WITH_PROCESSES = ("-m", "(acceptance or chaos) and not browser")
TIMEOUT, LONGEST = 300, 900  # seconds for one test: on an ordinary machine, and on any
# Two at a time; what failed is tried again one after the other. On a machine several times slower
# than an ordinary one two would only hold each other up, until limits run out.
IS_SLOW = slowness() > 3
PARTS = 4  # into which the tests with real processes are then cut
SIDE_BY_SIDE = () if IS_SLOW else ("-n", "2", "--dist", "worksteal")
# Playwright keeps an event loop of its own running: no test of another kind may follow in its process.
WITH_A_BROWSER = ("-m", "browser")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
END = time.time() + SECONDS
SOME_FAILED = 1  # pytest's exit code where tests failed
NO_TESTS = 5  # pytest's exit code where everything was deselected


@dataclass
class Run:
    """One run of pytest: its name, its exit code and how many seconds it took."""

    name: str
    code: int
    seconds: float
    retried: bool = False

    @property
    def passed(self) -> bool:
        return self.code in {0, NO_TESTS}


Job = Callable[[], Run]


def main(arguments: list[str]) -> int:
    """Run everything; returns the exit code."""
    fast = "--fast" in arguments
    wanted = [argument for argument in arguments if argument != "--fast"]
    chosen = any(not argument.startswith("-") for argument in wanted)
    runs: list[Run] = []
    if not fast and not chosen and (problem := missing_browser()):
        runs.append(Run(problem, 1, 0))
    if chosen:
        runs.append(pytest("the chosen tests", wanted, {}))
        return summary(runs)
    first, *others = in_process(wanted)
    if fast:
        return summary([first(), *(job() for job in others)])
    browsers = partial(aside, "browsers", [*naming("browser"), *WITH_A_BROWSER, *wanted])
    longest, *parts = with_processes(wanted)
    # Tests with real processes mostly wait, so others run beside them.
    with ThreadPoolExecutor(2) as two:
        runs += two.map(lambda job: job(), [longest, first, *others, browsers, *parts])
    return summary(runs)


def in_process(wanted: list[str]) -> list[Job]:
    """Return what needs no other process: on the deployer's own database, or on SQLite and PostgreSQL."""
    if os.environ.get("DATABASE_URL"):
        key = os.environ.get("DJANGO_SECRET_KEY") or token_urlsafe(50)
        env = {"DJANGO_SECRET_KEY": key}
        return [partial(pytest, "DATABASE_URL", [*IN_PROCESS, *wanted], env)]
    return [
        partial(pytest, "SQLite", [*IN_PROCESS, *wanted], {}),
        partial(on_postgresql, wanted),
    ]


def with_processes(wanted: list[str]) -> list[Job]:
    """Return the tests with real processes: at once, or in parts that whoever is free may take."""
    files = naming("acceptance", "chaos")
    parts = [files[number::PARTS] for number in range(PARTS)] if IS_SLOW else [files]
    return [
        partial(
            aside,
            f"real processes {number} of {len(parts)}",
            [*part, *WITH_PROCESSES, *wanted],
            SIDE_BY_SIDE,
        )
        for number, part in enumerate(parts, 1)
    ]


def naming(*marks: str) -> list[str]:
    """Return the test files that name one of the marks: every process that runs tests reads its files."""
    wanted = [f"pytest.mark.{mark}" for mark in marks]
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(file) for file in files if any(map(file.read_text("utf-8").__contains__, wanted))]


def aside(name: str, arguments: list[str], first: Sequence[str] = ()) -> Run:
    """Run pytest and show its words only once it has ended."""
    with tempfile.TemporaryFile("w+") as output:
        run = pytest(name, arguments, {}, output, first)
        output.seek(0)
        shutil.copyfileobj(output, sys.stdout)
        sys.stdout.flush()
    return run


def pytest(
    name: str,
    arguments: list[str],
    env: dict[str, str],
    output: TextIO | None = None,
    first: Sequence[str] = (),
) -> Run:
    """Run pytest in a process of its own; its words go to `output` where one is given.

    Many tests measure lateness on a machine that runs others beside them: what fails is tried once
    more, and the summary says so.
    """
    print(f"\n== {name}", file=output, flush=True)
    began = time.monotonic()
    cache = ROOT / ".pytest_cache" / name.replace(" ", "-")
    limit = f"--timeout={min(within(TIMEOUT), LONGEST):.0f}"
    command = [sys.executable, "-m", "pytest", "-o", f"cache_dir={cache}", limit, *arguments]
    code = _run([*command, *first], {"TESTS_END": str(END), **env}, output)
    if retried := code == SOME_FAILED:
        print(f"\n== {name}: what failed is tried once more", file=output, flush=True)
        code = _run([*command, "--last-failed"], env, output)
    return Run(name, code, time.monotonic() - began, retried)


def _run(command: list[str], env: dict[str, str], output: TextIO | None) -> int:
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **env},
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        check=False,
    ).returncode


def on_postgresql(arguments: list[str]) -> Run:
    """Run what uses the database in this process again, on a PostgreSQL server of our own."""
    from tests.acceptance.harness.postgres import Postgres

    server = Postgres()
    folders = [folder for folder in ON_POSTGRESQL if (ROOT / folder).is_dir()]
    marks = [*IN_PROCESS, "--stored"]
    try:
        # A key of its own: the settings ask for one where another database is used.
        env = {"DATABASE_URL": server.create(), "DJANGO_SECRET_KEY": token_urlsafe(50)}
        # By then the tests with real processes leave a processor free.
        return pytest("PostgreSQL", [*folders, *marks, *arguments], env, None, SIDE_BY_SIDE)
    finally:
        server.close()


def missing_browser() -> str:
    """Have a Chromium for the tests of the pages; returns what is to be done where there is none."""
    if any(map(shutil.which, CHROMIUMS)):
        return ""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("installing chromium for the tests of the pages", flush=True)
        for command in (
            ["update", "-qq"],
            ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
        ):
            subprocess.run(
                ["apt-get", *command], check=False, stdout=subprocess.DEVNULL,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            )  # fmt: skip
        if any(map(shutil.which, CHROMIUMS)):
            return ""
    return (
        "There is no Chromium, so the tests of the pages cannot run: install the package chromium."
    )


def summary(runs: list[Run]) -> int:
    """Print what happened and return the exit code."""
    print("\n== Summary")
    if slowness() > 1:
        slow = f"This machine is {slowness():.1f} times slower than an ordinary one"
        print(f"{slow}: limits were stretched, random trials fewer.")
    for run in runs:
        state = "passed" if run.passed else f"FAILED (exit code {run.code})"
        again = ", some tests only when tried again" if run.retried and run.passed else ""
        print(f"{run.name}: {state} in {run.seconds:.0f} s{again}")
    return 0 if all(run.passed for run in runs) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
