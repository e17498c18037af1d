"""Markup is read, and refused, as Telegram does."""

import pytest

from bots.sandbox.entities import detect, with_detected
from bots.sandbox.errors import ApiError
from bots.sandbox.html import parse_html
from bots.sandbox.markdown import parse_markdown


def entity(kind, offset, length, **more):
    return {"type": kind, "offset": offset, "length": length} | more


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>bold</b> text", "bold text", [entity("bold", 0, 4)]),
        ("😀<i>x</i>", "😀x", [entity("italic", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("1 &lt; 2 &amp; &copy;", "1 < 2 & &copy;", []),
        ('<a href="https://a.org/?x=1&amp;y=2">a</a>', "a",
         [entity("text_link", 0, 1, url="https://a.org/?x=1&y=2")]),
        ('<pre><code class="language-python">x</code></pre>', "x",
         [entity("pre", 0, 1, language="python")]),
        ('<tg-time unix="1647531900" format="wDT">then</tg-time>', "then",
         [entity("date_time", 0, 4, unix_time=1647531900, date_time_format="wDT")]),
        ("<blockquote expandable>q</blockquote>", "q", [entity("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">s</span>', "s", [entity("spoiler", 0, 1)]),
    ],
)  # fmt: skip
def test_html_becomes_text_and_entities(source, text, entities):
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "trouble"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é<x>", 'Unsupported start tag "x" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
    ],
)
def test_bad_html_is_refused_in_telegrams_words(source, trouble):
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {trouble}"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("*b* _i_ __u__ ~s~ ||h||", "b i u s h",
         [entity("bold", 0, 1), entity("italic", 2, 1), entity("underline", 4, 1),
          entity("strikethrough", 6, 1), entity("spoiler", 8, 1)]),
        (r"1\. done\!", "1. done!", []),
        ("`a\\`b` ```py\nx```", "a`b x",
         [entity("code", 0, 3), entity("pre", 4, 1, language="py")]),
        ("[a](https://a.org)", "a", [entity("text_link", 0, 1, url="https://a.org")]),
        (">q\n>r\nz", "q\nr\nz", [entity("blockquote", 0, 4)]),
        ("![t](tg://time?unix=5&format=r)", "t",
         [entity("date_time", 0, 1, unix_time=5, date_time_format="r")]),
    ],
)  # fmt: skip
def test_markdown_becomes_text_and_entities(source, text, entities):
    assert parse_markdown(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "trouble"),
    [
        ("1.0", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("🏟 🏟_abacaba", "Can't find end of Italic entity at byte offset 9"),
        ("🏟 🏟_abac * asd ", "Can't find end of Bold entity at byte offset 15"),
        ("🏟 🏟`", "Can't find end of Code entity at byte offset 9"),
    ],
)
def test_bad_markdown_is_refused_in_telegrams_words(source, trouble):
    with pytest.raises(ApiError, match="can't parse entities") as caught:
        parse_markdown(source)
    assert caught.value.description.endswith(trouble)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start now", [entity("bot_command", 0, 6)]),
        ("see https://a.org/x.", [entity("url", 4, 15)]),
        ("@someone and #tag", [entity("mention", 0, 8), entity("hashtag", 13, 4)]),
        ("write to a.b@c.org", [entity("email", 9, 9)]),
        ("either/or 1/2", []),
        ("😀 /go", [entity("bot_command", 3, 3)]),
    ],
)
def test_entities_are_found_in_plain_text(text, found):
    assert detect(text) == found


def test_nothing_is_found_inside_code():
    assert with_detected("/start", [entity("code", 0, 6)]) == [entity("code", 0, 6)]
