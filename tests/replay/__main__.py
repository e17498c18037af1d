"""Record the histories that the replay tests keep: `python -m tests.replay record [name ...]`.

Histories of a released version stay as they are: code that cannot replay one needs
`workflow.patched`, not a new recording. Record under new names what a release adds, for example
`python -m tests.replay record reminder-2`.
"""

import argparse
import asyncio
import gzip
import socket
import tempfile
from pathlib import Path

from temporalio.client import WorkflowHistory
from temporalio.testing import WorkflowEnvironment

from bots.serverprocess import binary
from tests.replay.scenarios import SCENARIOS

HISTORIES = Path(__file__).parent / "histories"
ROOT = str(Path(__file__).resolve().parents[2])
LARGE = 200_000  # characters: beyond it a history is kept compressed


async def record(names: list[str]) -> None:
    """Play the named scenarios (all, if none is named) on a real server and keep their histories."""
    with tempfile.TemporaryDirectory() as directory:
        environment = await WorkflowEnvironment.start_local(
            dev_server_existing_path=binary(),
            dev_server_database_filename=str(Path(directory) / "temporal.db"),
        )
        async with environment:
            for name, play in SCENARIOS.items():
                if names and name not in names:
                    continue
                history = await play(environment.client, name)
                path = keep(name, history)
                print(f"{path.name}: {len(history.events)} events")


def keep(name: str, history: WorkflowHistory) -> Path:
    """Store a history without the names of this machine and its directories."""
    text = history.to_json().replace(ROOT, "").replace(socket.gethostname(), "recorder") + "\n"
    path = HISTORIES / (f"{name}.json" if len(text) < LARGE else f"{name}.json.gz")
    content = text.encode()
    path.write_bytes(content if path.suffix == ".json" else gzip.compress(content, mtime=0))
    return path


def kept() -> dict[str, Path]:
    """Return the stored histories by name."""
    return {path.name.partition(".")[0]: path for path in sorted(HISTORIES.glob("*.json*"))}


def read(path: Path) -> WorkflowHistory:
    """Return a stored history."""
    content = path.read_bytes()
    text = gzip.decompress(content) if path.suffix == ".gz" else content
    return WorkflowHistory.from_json(path.name.partition(".")[0], text.decode())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.replay", description=__doc__)
    parser.add_argument("action", choices=["record"])
    parser.add_argument("names", nargs="*", help="scenarios; all, if none is named")
    asked = parser.parse_args()
    asyncio.run(record(asked.names))


if __name__ == "__main__":
    main()
