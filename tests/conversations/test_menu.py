"""The command menu is told to Telegram in every language, and tried again while it is away."""

from bots.errors import CallError, Failure, Verdict
from conversations import menu


class FlakyLine:
    def __init__(self, failures):
        self.failures = failures
        self.calls = []

    async def call(self, method, params):
        if self.failures:
            self.failures -= 1
            raise CallError(Failure(Verdict.NOT_SENT, "away"))
        self.calls.append((method, params))


async def test_each_language_gets_its_menu_even_after_trouble(monkeypatch):
    line = FlakyLine(failures=1)
    monkeypatch.setattr(menu.lines, "all", lambda: [line])
    monkeypatch.setattr(menu, "FIRST_PAUSE", 0)
    await menu.publish()
    assert {method for method, _ in line.calls} == {"setMyCommands"}
    codes = [params.get("language_code", "") for _, params in line.calls]
    assert sorted(codes) == ["", "de", "es", "fr", "it", "pt", "ru"]
    names = [command["command"] for command in line.calls[0][1]["commands"]]
    assert {"remind", "list", "help"} <= set(names)
