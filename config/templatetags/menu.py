"""What a page is called in its head: as in the menu, so that nothing has two names."""

from typing import Any

from django import template
from django.utils.text import capfirst

from config.appearance import menu_place

register = template.Library()


@register.filter
def menu_titles(parts: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return titles and addresses of a page's way, in the menu's own words and none twice.

    Where the menu has the page's list, its group stands in for the application; what somebody named
    stays as they wrote it.
    """
    ways = [(str(part.get("link") or ""), str(part["title"])) for part in parts]
    groups = [group for link, _ in ways if (group := menu_place(link)[0])]
    if groups and not menu_place(ways[0][0])[1]:
        ways[0] = ("", groups[0])
    return list({_title(link, title, link_is_last=(link, title) == ways[-1]): link
                 for link, title in ways}.items())  # fmt: skip


def _title(link: str, title: str, *, link_is_last: bool) -> str:
    return menu_place(link)[1] or (title if link_is_last else capfirst(title))
