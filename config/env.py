"""Reads the environment: `NAME`, `NAME_FILE` or `.env`, and says in one line what is wrong."""

from pathlib import Path
from secrets import token_urlsafe
from typing import TypeVar

import environ
from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T", str, int, bool)

env = environ.FileAwareEnv()


def read_dotenv(path: Path) -> None:
    """Load `.env` without overriding what the environment already says."""
    if path.is_file():
        env.read_env(str(path), overwrite=False)


def text(name: str, default: str = "") -> str:
    """Return a variable's text, stripped."""
    return str(env.str(name, default=default)).strip()


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


def kept_secret(name: str, directory: Path) -> str:
    """Return the secret from the environment, or one made once into the data directory (0600)."""
    value = text(name)
    if value:
        return value
    path = directory / name.lower()
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(token_urlsafe(50), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
