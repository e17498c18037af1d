"""The first operator: an account from the settings, or `admin` with a password shown once."""

import secrets

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from config import env

# 20 characters of 64: beyond guessing, and short enough to be typed.
PASSWORD_BYTES = 15


def ensure_admin() -> str | None:
    """See that an operator can sign in; returns the password of a new `admin`, to be shown once.

    An account that exists is never changed: its password may have been set in the admin since.
    """
    name, password = env.text("DJANGO_SUPERUSER_USERNAME"), env.text("DJANGO_SUPERUSER_PASSWORD")
    if name and password:
        _create(name, env.text("DJANGO_SUPERUSER_EMAIL"), password)
        return None
    if get_user_model().objects.exists():
        return None
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    return password if _create("admin", "", password) else None


def _create(name: str, email: str, password: str) -> bool:
    """Make the account; says whether it is new. Two processes may start at once."""
    accounts = get_user_model().objects
    if accounts.filter(username=name).exists():
        return False
    try:
        with transaction.atomic():
            accounts.create_superuser(name, email, password)
    except IntegrityError:
        return False
    return True
