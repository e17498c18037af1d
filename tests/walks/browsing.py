"""A browser that watches itself: complaints, requests beyond loopback, and pictures where SHOTS says."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.machine import within

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip
expect.set_options(timeout=within(5_000))
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
DESK: dict[str, Any] = {"viewport": {"width": 1360, "height": 860}}
LOOPBACK = {"localhost", "127.0.0.1", "", None}
CUT_OFF = """() => {
  const root = document.documentElement, found = [];
  const told = element => `${element.tagName} ${element.className}: ` +
    (element.placeholder || element.textContent).trim().slice(0, 60);
  if (root.scrollWidth > root.clientWidth) found.push(`the page, by ${root.scrollWidth - root.clientWidth} px`);
  const ruler = document.createElement("canvas").getContext("2d");
  for (const element of document.querySelectorAll("body *")) {
    const style = getComputedStyle(element);
    if (!element.checkVisibility({visibilityProperty: true}) || element.clientWidth < 2) continue;
    if (element.placeholder && !element.value && element.tagName === "INPUT") {
      ruler.font = style.font;
      const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      if (ruler.measureText(element.placeholder).width > room) found.push(told(element));
    }
    const speaks = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const hides = ["hidden", "clip"].includes(style.overflowX) &&
      (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
    if (speaks && hides && element.tagName !== "TEXTAREA") found.push(told(element));
  }
  return found;
}"""


def cut_off(page: Page) -> list[str]:
    """Return what a page does not show in full: over its side, or beyond the box that holds it."""
    return list(page.evaluate(CUT_OFF))


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Window:
    """One page of a browser of somebody in Berlin."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        defaults = {"locale": "en-GB", "timezone_id": "Europe/Berlin", "base_url": address}
        self.context: BrowserContext = browser.new_context(**{**defaults, **options})
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(within(20_000))
        self.trouble: list[str] = []
        self.page.on("console", lambda told: self._note(told.text, told.type == "error"))
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.context.on("request", lambda asked: self._note(
            asked.url, urlsplit(asked.url).hostname not in LOOPBACK))  # fmt: skip

    def _note(self, words: str, is_trouble: bool = True) -> None:
        if is_trouble:
            self.trouble.append(words)

    def close(self) -> None:
        """Close it; whatever the browser complained about fails the test."""
        self.context.close()
        assert self.trouble == []

    def picture(self, name: str, **options: Any) -> None:
        """Keep a picture for a person to look at."""
        if folder := os.environ.get("SHOTS"):
            path = Path(folder) / f"{name}.png"
            self.page.mouse.move(0, 0)  # no button looks pressed
            self.page.screenshot(path=path, animations="disabled", **options)

    @property
    def height(self) -> int:
        """The page's whole height, in pixels."""
        return int(self.page.evaluate("document.documentElement.scrollHeight"))

    def assert_fits(self) -> None:
        """Nothing reaches over the side of the window, and on a phone nothing is cut off."""
        root = "document.documentElement"
        over = self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        assert over <= 0, f"{self.page.url} is {over} px too wide"
        if (self.page.viewport_size or {}).get("width") == PHONE["viewport"]["width"]:
            found = cut_off(self.page)
            assert found == [], f"{self.page.url}: {found}"


class Talk:
    """A person at the sandbox's page, in the chat with the bot."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.page = window.page
        self.heard: Locator = self.page.locator(".message:not(.mine)")

    @property
    def last(self) -> Locator:
        """The newest message of the bot."""
        return self.heard.last

    def say(self, text: str, answer: str | re.Pattern[str]) -> Locator:
        """Write, and wait for an answer with these words."""
        self.write(text)
        expect(self.last.locator(".words")).to_contain_text(answer, timeout=within(20_000))
        return self.last

    def write(self, text: str) -> None:
        """Write, and see it stand there."""
        field = self.page.get_by_label("Message", exact=True)
        field.fill(text)
        field.press("Enter")
        expect(self.page.locator(".mine .words").last).to_have_text(text)

    def press(self, name: str | re.Pattern[str], answer: str | re.Pattern[str]) -> Locator:
        """Press a button below the newest message, and wait until that message says this."""
        number = self.last.get_attribute("data-id")
        self.last.get_by_role("button", name=name).click()
        changed = self.page.locator(f'.message[data-id="{number}"]')
        expect(changed.locator(".words")).to_contain_text(answer)
        return changed

    def buttons(self, message: Locator) -> list[str]:
        """Return what the buttons below a message say."""
        return message.locator(".inline-button").all_inner_texts()
