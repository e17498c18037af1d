import time

import pytest
from django.contrib.auth import get_user_model
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

pytestmark = pytest.mark.django_db
NAME, PASSWORD = "olga", "a good password"


@pytest.fixture
def olga():
    return get_user_model().objects.create_superuser(NAME, "", PASSWORD)


@pytest.fixture
def app(olga) -> TOTPDevice:
    return TOTPDevice.objects.create(user=olga, name="phone")


def code(device: TOTPDevice) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time()
    return f"{totp.token():06d}"


def wrong(right: str) -> str:
    return f"{(int(right) + 1) % 1_000_000:06d}"


def sign_in(client, token: str = "", password: str = PASSWORD) -> bool:
    form = {"username": NAME, "password": password, "otp_token": token}
    return client.post("/admin/login/?next=/admin/", form).status_code == 302


def test_without_a_device_the_password_is_enough(client, olga):
    assert sign_in(client)
    assert client.get("/admin/").status_code == 200


def test_with_a_device_the_password_alone_is_not_enough(client, app):
    assert not sign_in(client)
    assert client.get("/admin/").status_code == 302


def test_with_the_right_code_the_session_is_verified(client, app):
    right = code(app)
    assert sign_in(client, f"{right[:3]} {right[3:]}")
    assert client.session["otp_device_id"] == app.persistent_id


def test_a_wrong_code_is_refused_and_slows_the_next_try_down(client, app):
    assert not sign_in(client, wrong(code(app)))
    app.refresh_from_db()
    assert app.throttling_failure_count == 1
    assert not sign_in(client, code(app)), "even the right one has to wait a second"


def test_a_code_works_once(client, app):
    right = code(app)
    assert sign_in(client, right)
    client.logout()
    assert not sign_in(client, right)


def test_a_recovery_code_works_once_and_its_use_does_not_slow_the_app(client, olga, app):
    StaticDevice.objects.create(user=olga, name="paper").token_set.create(token="rescueme")
    assert sign_in(client, "rescueme")
    app.refresh_from_db()
    assert app.throttling_failure_count == 0
    client.logout()
    assert not sign_in(client, "rescueme")


def test_a_device_that_is_not_confirmed_yet_locks_nobody_out(client, olga):
    TOTPDevice.objects.create(user=olga, confirmed=False)
    assert sign_in(client)


def test_a_wrong_password_says_nothing_about_devices(client, app):
    form = {"username": NAME, "password": "wrong", "otp_token": ""}
    page = client.post("/admin/login/", form).content.decode()
    assert "not right. Wait" not in page


def test_the_page_offers_the_field_inside_the_form(client):
    page = client.get("/admin/login/").content.decode()
    assert 'name="otp_token"' in page
    assert 'form="login-form"' in page
