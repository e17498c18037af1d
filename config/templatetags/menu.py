"""What a page is called in its head: as in the menu, so that nothing has two names."""

from typing import Any

from django import template

from config.appearance import menu_title

register = template.Library()


@register.filter
def menu_titles(parts: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return titles and addresses of a page's way, in the menu's own words and none twice."""
    ways = [(str(part.get("link") or ""), part["title"]) for part in parts]
    return list({menu_title(link) or str(title): link for link, title in ways}.items())
