"""Templates become text and entities that Telegram cannot fail to parse, in parts that it takes."""

import pytest

from bots.text import utf16_length
from conversations.markup import Text, from_html, keep_lines, split


def part_of(text, entity):
    units = text.encode("utf-16-le")
    return units[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode(
        "utf-16-le"
    )


def test_tags_become_entities_counted_in_utf16_units():
    text = from_html("👍 <b>call 👪 home</b> <i>now</i>")
    assert text.text == "👍 call 👪 home now"
    assert [(one["type"], part_of(text.text, one)) for one in text.entities] == [
        ("bold", "call 👪 home"),
        ("italic", "now"),
    ]


def test_indented_template_lines_are_one_line_and_br_breaks():
    assert from_html("\n  one\n  two<br>\n three ").text == "one two\nthree"


def test_unknown_tags_vanish_and_their_words_stay():
    assert from_html('<script x="1">a</script><blink>b</blink>') == Text("ab", [])


def test_a_moment_carries_its_unix_time():
    [entity] = from_html('<tg-time unix="1791273600" format="wDT">Wed, 09:00</tg-time>').entities
    assert (entity["type"], entity["unix_time"], entity["date_time_format"]) == (
        "date_time",
        1791273600,
        "wDT",
    )


@pytest.mark.parametrize(
    "words", ["<b onclick=x>&\"'", "{{ secret }} {% debug %}", "a\nb\n\nc", "_*[]()~`>#"]
)
def test_a_persons_words_come_out_as_they_went_in(words):
    assert from_html(f"<b>{keep_lines(words)}</b>").text == words


def test_a_long_text_is_cut_at_words_and_no_character_is_halved():
    text = Text("word " * 2000 + "😀" * 3000, [{"type": "bold", "offset": 0, "length": 12000}])
    parts = split(text)
    assert "".join(part.text for part in parts) == text.text
    assert all(utf16_length(part.text) <= 4096 for part in parts)
    assert sum(one["length"] for part in parts for one in part.entities) == 12000
    assert all(
        one["offset"] + one["length"] <= utf16_length(part.text)
        for part in parts
        for one in part.entities
    )
