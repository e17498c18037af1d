"""Reads the environment: `NAME`, `NAME_FILE` or `.env`, and says in one line what is wrong."""

import contextlib
import os
from pathlib import Path
from secrets import token_hex, token_urlsafe
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.FileAwareEnv()


def read_dotenv(path: Path) -> None:
    """Load `.env` without overriding what the environment already says."""
    if path.is_file():
        env.read_env(str(path), overwrite=False)


def text(name: str, default: str = "") -> str:
    """Return a variable's text, stripped."""
    try:
        return str(env.str(name, default=default)).strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {reason}.") from None


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes/no variable."""
    value = text(name)
    if not value:
        return default
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(
        f"{name}={value!r} is not a yes or no: set {name}=true or {name}=false."
    )


def words(name: str) -> list[str]:
    """Return the comma-separated words of a variable."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def integers(name: str) -> list[int]:
    """Return the comma-separated whole numbers of a variable."""
    try:
        return [int(word) for word in words(name)]
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} takes whole numbers separated by commas, e.g. {name}=12345,67890."
        ) from None


def number(name: str, default: int, *, least: int = 0) -> int:
    """Return a whole number, at least `least`."""
    value = text(name)
    if not value:
        return default
    try:
        result = int(value)
    except ValueError:
        result = least - 1
    if result < least:
        raise ImproperlyConfigured(f"{name}={value!r} must be a whole number from {least}.")
    return result


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """Return one of the choices; the first is the default."""
    value = text(name, choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r} must be one of: {', '.join(choices)}.")
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """Return the database of an address; the directory of an SQLite file is made."""
    value = text(name, default)
    try:
        known = urlsplit(value).scheme in {"sqlite", "postgres", "postgresql"}
        found: dict[str, Any] = env.db_url_config(value) if known else {}
    except (ValueError, KeyError, ImproperlyConfigured):
        found = {}
    if not found.get("NAME"):
        raise ImproperlyConfigured(
            f"{name} cannot be read: set e.g. {name}=postgres://user:password@host:5432/name, "
            f"or leave it empty for SQLite in the data directory."
        )
    if value.startswith("sqlite"):
        _make_directory(Path(found["NAME"]).parent, name)
    return found


def _make_directory(path: Path, name: str) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be made: {error.strerror}. Set {name} or DATA_DIR to a place that can "
            "be written."
        ) from None


def kept_secret(name: str, directory: Path) -> str:
    """Return the secret from the environment, or one made once into the data directory (0600)."""
    value = text(name)
    if value:
        return value
    path = directory / name.lower()
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write_once(path, token_urlsafe(50))
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be kept: {error.strerror}. Set {name}, or set DATA_DIR to a directory "
            "that can be written."
        ) from None


def _write_once(path: Path, text: str) -> None:
    """Write a file that appears whole or not at all; the first of several processes wins."""
    draft = path.with_name(f"{path.name}.{token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        # A power cut must not take the key of everything that was encrypted since.
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
