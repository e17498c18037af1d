import pytest
from django.contrib.auth import get_user_model

from config.accounts import ensure_admin

pytestmark = pytest.mark.django_db
NAMES = ("DJANGO_SUPERUSER_USERNAME", "DJANGO_SUPERUSER_PASSWORD", "DJANGO_SUPERUSER_EMAIL")


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_a_fresh_machine_gets_an_admin_whose_password_is_told_once():
    password = ensure_admin()
    admin = get_user_model().objects.get()
    assert (admin.username, admin.is_superuser, admin.is_staff) == ("admin", True, True)
    assert admin.check_password(password)
    assert len(password) >= 20
    assert ensure_admin() is None


def test_two_fresh_machines_have_different_passwords():
    first = ensure_admin()
    get_user_model().objects.all().delete()
    assert ensure_admin() != first


def test_the_named_account_exists_after_the_start(monkeypatch):
    for name, value in zip(NAMES, ("olga", "a password", "olga@example.org"), strict=True):
        monkeypatch.setenv(name, value)
    assert ensure_admin() is None
    olga = get_user_model().objects.get()
    assert (olga.username, olga.email, olga.is_superuser) == ("olga", "olga@example.org", True)
    assert olga.check_password("a password")


def test_an_account_that_exists_keeps_its_password(monkeypatch):
    get_user_model().objects.create_superuser("olga", "", "chosen since")
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "olga")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "from the settings")
    assert ensure_admin() is None
    assert get_user_model().objects.get().check_password("chosen since")


def test_a_named_account_is_added_beside_others(monkeypatch):
    get_user_model().objects.create_user("clerk")
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "olga")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a password")
    ensure_admin()
    assert get_user_model().objects.count() == 2


def test_with_any_account_nothing_is_made():
    get_user_model().objects.create_user("clerk")
    assert ensure_admin() is None
    assert get_user_model().objects.count() == 1


def test_the_fifth_wrong_password_locks_out_even_the_right_one_but_not_another_address(client):
    password = ensure_admin()

    def sign_in(word, address="192.0.2.1"):
        form = {"username": "admin", "password": word}
        return client.post("/admin/login/", form, REMOTE_ADDR=address).status_code

    assert [sign_in("wrong") for _ in range(5)] == [200, 200, 200, 200, 429]
    assert sign_in(password) == 429
    assert sign_in(password, "192.0.2.2") == 302
