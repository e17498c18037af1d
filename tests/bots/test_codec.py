import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from temporalio.api.common.v1 import Payload
from temporalio.converter import DataConverter

from bots.client import data_converter
from bots.codec import EncryptingCodec, UnknownKeyError, configured_keys

TEXT = "call the dentist"


def codec(settings, *keys: str, secret: str = "a" * 50, fallbacks: tuple[str, ...] = ()):
    settings.TEMPORAL_PAYLOAD_KEYS = list(keys)
    settings.SECRET_KEY = secret
    settings.SECRET_KEY_FALLBACKS = list(fallbacks)
    return EncryptingCodec(configured_keys())


async def payload() -> Payload:
    (plain,) = await DataConverter.default.encode([TEXT])
    return plain


async def test_what_is_encrypted_comes_back_equal_and_is_not_readable(settings):
    one = codec(settings)
    (sealed,) = await one.encode([await payload()])
    assert TEXT.encode() not in sealed.SerializeToString()
    assert b"json" not in sealed.SerializeToString(), "the metadata is hidden too"
    assert await one.decode([sealed]) == [await payload()]


@pytest.mark.fault_row(54, "the payload key is rotated")
async def test_the_first_key_encrypts_and_the_earlier_ones_still_decrypt(settings, row):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    (before,) = await codec(settings, old).encode([await payload()])
    rotated = codec(settings, new, old)
    (after,) = await rotated.encode([await payload()])
    assert await rotated.decode([before, after]) == [await payload()] * 2
    with pytest.raises(UnknownKeyError):
        await codec(settings, old).decode([after])
    row.injected += 1
    row.figure = "what either key wrote stays readable"


async def test_setting_keys_later_strands_nothing_written_with_the_derived_key(settings):
    (before,) = await codec(settings).encode([await payload()])
    later = codec(settings, Fernet.generate_key().decode())
    assert await later.decode([before]) == [await payload()]


async def test_an_earlier_secret_key_still_opens_its_payloads(settings):
    (before,) = await codec(settings, secret="b" * 50).encode([await payload()])
    rotated = codec(settings, secret="c" * 50, fallbacks=("b" * 50,))
    assert await rotated.decode([before]) == [await payload()]


@pytest.mark.fault_row(54, "the payload key is missing")
async def test_a_lost_key_is_named_and_nothing_of_the_payload_is_shown(settings, row):
    (before,) = await codec(settings, secret="d" * 50).encode([await payload()])
    with pytest.raises(UnknownKeyError, match="TEMPORAL_PAYLOAD_KEYS") as caught:
        await codec(settings, secret="e" * 50).decode([before])
    assert caught.value.__cause__ is None
    row.injected += 1
    row.figure = "named: TEMPORAL_PAYLOAD_KEYS; nothing of the payload shown"


async def test_a_payload_that_was_never_encrypted_passes(settings):
    assert await codec(settings).decode([await payload()]) == [await payload()]


@pytest.mark.parametrize("key", ["short", "not base64!" * 4, "ü" * 44])
def test_a_malformed_key_names_the_variable_and_its_place_but_not_the_key(settings, key):
    with pytest.raises(ImproperlyConfigured, match="TEMPORAL_PAYLOAD_KEYS: key number 2") as caught:
        codec(settings, Fernet.generate_key().decode(), key)
    assert key not in str(caught.value)


async def test_the_texts_of_failures_are_encrypted_too(settings):
    from temporalio.api.failure.v1 import Failure

    settings.TEMPORAL_PAYLOAD_KEYS = []
    converter, failure = data_converter(), Failure()
    await converter.encode_failure(ValueError(TEXT), failure)
    assert TEXT.encode() not in failure.SerializeToString()
    assert TEXT in str(await converter.decode_failure(failure))
