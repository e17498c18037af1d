"""Keep the catalogues of the chat's texts: `python -m tests.catalogues` finds new texts and compiles.

Every text that a person in a chat may see is looked up in `<app>/locale/<language>`. Found texts that a
catalogue lacks are added untranslated, those it no longer needs are dropped; a test then says what is
still to be translated. No system tool is needed.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("de", "es", "fr", "it", "pt", "ru")
PLURALS = {
    "de": (2, "(n != 1)"),
    "es": (2, "(n != 1)"),
    "fr": (2, "(n > 1)"),
    "it": (2, "(n != 1)"),
    "pt": (2, "(n > 1)"),
    "ru": (
        3,
        "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)",
    ),
}
# The operators' pages are in English; what they send to chats is not.
NOT_FOR_CHATS = (
    "admin", "desk", "management", "migrations", "followups", "audience", "ledger", "operators", "verbs",
)  # fmt: skip
# What stands where among the arguments.
CALLS = {
    "_": ("msgid",), "gettext": ("msgid",), "gettext_lazy": ("msgid",), "pgettext": ("context", "msgid"),
    "ngettext": ("msgid", "plural"), "npgettext": ("context", "msgid", "plural"),
}  # fmt: skip


@dataclass(frozen=True)
class Text:
    """A text with its plural, if it has one."""

    msgid: str
    plural: str = ""
    context: str | None = None


def templates_of(app: str) -> list[Path]:
    """Return an app's reply templates: those of conversations lie at the top."""
    folder = ROOT / "templates" / "replies"
    if app == "conversations":
        return sorted(folder.glob("*.html"))
    return sorted(
        path
        for path in folder.rglob("*.html")
        if path.parent != folder and not path.name.startswith("admin_")
    )


def modules_of(app: str) -> list[Path]:
    """Return an app's modules that may speak to people in chats."""
    found = sorted((ROOT / app).rglob("*.py"))
    return [
        path
        for path in found
        if not any(
            part.startswith(NOT_FOR_CHATS)
            for part in path.relative_to(ROOT / app).with_suffix("").parts
        )
    ]


def texts_of(app: str) -> dict[Text, list[str]]:
    """Return every text of an app with the files it stands in."""
    found: dict[Text, list[str]] = {}
    for path in modules_of(app):
        for text in in_module(path):
            found.setdefault(text, []).append(str(path.relative_to(ROOT)))
    for path in templates_of(app):
        for text in in_template(path):
            found.setdefault(text, []).append(str(path.relative_to(ROOT)))
    return _joined(found)


def _joined(found: dict[Text, list[str]]) -> dict[Text, list[str]]:
    """Drop a singular that is there with a plural, too: a catalogue has one entry for both."""
    plural = {(text.msgid, text.context) for text in found if text.plural}
    return {
        text: sorted(set(places))
        for text, places in found.items()
        if text.plural or (text.msgid, text.context) not in plural
    }


def in_module(path: Path) -> Iterator[Text]:
    """Yield the texts that a module translates."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        names = CALLS.get(node.func.id, ())
        words = [arg.value for arg in node.args[: len(names)] if isinstance(arg, ast.Constant)]
        if names and len(words) == len(names):
            yield Text(**dict(zip(names, map(str, words), strict=True)))


def in_template(path: Path) -> Iterator[Text]:
    """Yield the texts that a template translates, as Django's engine has understood it."""
    from django.template import engines
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    template = engines["django"].from_string(path.read_text("utf-8")).template
    for node in template.nodelist.get_nodes_by_type(TranslateNode):
        yield Text(str(node.filter_expression.var.literal).replace("%", "%%"))
    for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
        singular = node.render_token_list(node.singular)[0]
        plural = node.render_token_list(node.plural)[0] if node.plural else ""
        yield Text(singular, plural)


def path_of(app: str, language: str) -> Path:
    """Return where a catalogue lies."""
    return ROOT / app / "locale" / language / "LC_MESSAGES" / "django.po"


def open_catalogue(app: str, language: str) -> polib.POFile:
    """Return a catalogue, a new one if there is none."""
    path = path_of(app, language)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    made = polib.POFile(wrapwidth=100)
    count, rule = PLURALS[language]
    made.metadata = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": f"nplurals={count}; plural={rule};",
    }
    return made


def update(app: str, language: str) -> int:
    """Add new texts to a catalogue and drop old ones, write and compile it; return how many lack words."""
    texts, catalogue = texts_of(app), open_catalogue(app, language)
    known = {Text(entry.msgid, entry.msgid_plural, entry.msgctxt): entry for entry in catalogue}
    entries = []
    for text, places in sorted(texts.items(), key=lambda item: item[1][0]):
        entry = known.get(text) or _new(text, language)
        entry.occurrences = [(place, "") for place in places]
        entries.append(entry)
    catalogue[:] = entries
    path = path_of(app, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    return len(catalogue.untranslated_entries())


def _new(text: Text, language: str) -> polib.POEntry:
    entry = polib.POEntry(msgid=text.msgid, msgid_plural=text.plural, msgctxt=text.context)
    if text.plural:
        entry.msgstr_plural = dict.fromkeys(range(PLURALS[language][0]), "")
    if "%(" in text.msgid:
        entry.flags.append("python-format")
    return entry


def main() -> int:
    """Update every catalogue and say what lacks words."""
    import django

    django.setup()
    lacking = 0
    for app in ("conversations", "reminders"):
        for language in LANGUAGES:
            count = update(app, language)
            sys.stdout.write(f"{app}/{language}: {count} untranslated\n")
            lacking += count
    return int(lacking > 0)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
