"""Payloads are encrypted here, so that Temporal never holds a readable text."""

import base64
from collections.abc import Iterable, Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

ENCODING = b"binary/encrypted"
# Part of every derived key: another text here makes every waiting payload unreadable.
PURPOSE = b"temporal payloads"


class UnknownKeyError(Exception):
    """No configured key opens a payload: an earlier key is missing from the settings."""


class EncryptingCodec(PayloadCodec):
    """Encrypts with the first key and decrypts with any, so that keys can be rotated."""

    def __init__(self, keys: Iterable[Fernet]) -> None:
        self._fernet = MultiFernet(keys)

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Encrypt each payload with its metadata."""
        return [
            Payload(
                metadata={"encoding": ENCODING},
                data=self._fernet.encrypt(payload.SerializeToString()),
            )
            for payload in payloads
        ]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Decrypt; a payload that was never encrypted passes, as one sent by hand is."""
        return [self._decrypt(payload) for payload in payloads]

    def _decrypt(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            return payload
        try:
            return Payload.FromString(self._fernet.decrypt(payload.data))
        except InvalidToken:
            raise UnknownKeyError(
                "No key opens a stored payload: add the key it was written with to the end of "
                "TEMPORAL_PAYLOAD_KEYS, or the earlier secret to DJANGO_SECRET_KEY_FALLBACKS."
            ) from None


def configured_keys() -> list[Fernet]:
    """Return the keys of TEMPORAL_PAYLOAD_KEYS, then those derived from the secret key.

    Derived keys stay at the end, so that setting TEMPORAL_PAYLOAD_KEYS strands no waiting reminder.
    """
    named = [_named(number, key) for number, key in enumerate(settings.TEMPORAL_PAYLOAD_KEYS, 1)]
    return [*named, *map(_derived, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])]


def _named(number: int, key: str) -> Fernet:
    try:
        return Fernet(key)
    except ValueError:
        raise ImproperlyConfigured(
            f"TEMPORAL_PAYLOAD_KEYS: key number {number} is not 32 bytes in url-safe base64; "
            "make one with: python -c 'from cryptography.fernet import Fernet; "
            "print(Fernet.generate_key().decode())'"
        ) from None


def _derived(secret: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
