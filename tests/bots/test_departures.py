"""What a killed process had begun and not sent is known, and nothing else is taken for it."""

import os

import pytest

from bots import departures
from bots.departures import PAGE, Departures, never_left

KEY = "7@2026-11-23T18:00:00.000001+00:00"


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def process():
    made = Departures()
    made.open()
    return made


def kill(process):
    """Do to a page what the system does when its process dies."""
    os.close(process._page.fileno)


def test_what_was_begun_and_not_called_has_never_left(process):
    process.begin(KEY)
    kill(process)
    assert never_left(KEY)
    assert not never_left("8@another")


def test_what_was_called_may_have_left(process):
    process.begin(KEY)
    process.begin("8@another")
    process.leave(KEY)
    kill(process)
    assert not never_left(KEY)
    assert never_left("8@another")


def test_a_process_has_one_page_however_often_it_is_opened(process):
    process.begin(KEY)
    process.open()
    process.leave(KEY)
    kill(process)
    assert not never_left(KEY)


def test_of_a_living_process_nothing_is_known(process):
    process.begin(KEY)
    assert not never_left(KEY)


def test_after_a_new_start_of_the_machine_a_page_says_nothing(process, monkeypatch, tmp_path):
    process.begin(KEY)
    kill(process)
    (tmp_path / "boot").write_text("another\n")
    monkeypatch.setattr(departures, "BOOT_ID", tmp_path / "boot")
    assert not never_left(KEY)


def test_without_a_name_of_the_boot_everything_stays_a_doubt(monkeypatch, tmp_path):
    monkeypatch.setattr(departures, "BOOT_ID", tmp_path / "none")
    process = Departures()
    process.open()
    process.begin(KEY)
    assert not never_left(KEY)
    assert not (tmp_path / "departures").exists()


def test_a_full_page_forgets_the_oldest(process):
    keys = [f"{number}@{'x' * 90}" for number in range(60)]
    for key in keys:
        process.begin(key)
    kill(process)
    assert [never_left(keys[0]), never_left(keys[-1])] == [False, True]
    page = next((departures._place()).iterdir())
    assert page.stat().st_size == PAGE


def test_pages_of_dead_processes_do_not_pile_up(place):
    for _ in range(departures.KEPT + 5):
        process = Departures()
        process.open()
        kill(process)
    assert len(list((place / "departures").iterdir())) <= departures.KEPT + 1
