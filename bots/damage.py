"""A damaged Temporal file is set aside: the rows are the truth, and arm every reminder again."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

SUFFIXES = ("", "-wal", "-shm")


def is_damaged(database: Path) -> bool:
    """Say whether the file is no SQLite database or a broken one; takes seconds for gigabytes."""
    if not database.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:  # locked, or not readable: that is another trouble
        return False
    except sqlite3.DatabaseError:
        return True
    return bool(verdict != "ok")


def set_aside(database: Path) -> Path:
    """Rename the file with what belongs to it, so that nothing is lost to whoever looks into it."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    kept = database.with_name(f"{database.name}.damaged-{stamp}")
    for suffix in SUFFIXES:
        part = database.with_name(database.name + suffix)
        if part.exists():
            part.rename(kept.with_name(kept.name + suffix))
    return kept
