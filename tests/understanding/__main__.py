"""Print how many cases are read right, by language and kind: ``python -m tests.understanding``."""

import sys
from collections import Counter

from reminders.when.parse import parse
from tests.understanding.judging import LANGUAGES, Case, all_cases, fault


def read(case: Case) -> str:
    """Return what is wrong with the parser's reading of a case, or nothing."""
    try:
        meaning = parse(
            case.text,
            now=case.now,
            tz=case.zone,
            locale=case.locale,
            clock=case.clock,
            day_first=case.day_first,
        )
    except Exception as error:  # noqa: BLE001 - an error is one more way to be wrong
        return f"raised {error!r}"
    return fault(case, meaning)


def main() -> None:
    """Print the table; with --failures also every case that is read wrong."""
    total: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for case in all_cases():
        wrong = read(case)
        for key in ((case.locale, case.kind), (case.locale, "all"), ("all", "all")):
            total[key] += 1
            right[key] += not wrong
        if wrong and "--failures" in sys.argv:
            sys.stdout.write(f"{case.id}\n    {wrong}\n")
    sys.stdout.write("| language | kind | n | right |\n| --- | --- | ---: | ---: |\n")
    for key in total:
        language = LANGUAGES.get(key[0], "all")
        sys.stdout.write(f"| {language} | {key[1]} | {total[key]} | {right[key]} |\n")


if __name__ == "__main__":
    main()
