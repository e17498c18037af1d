"""How the admin looks and what its menu offers: words and colours, no rights of its own."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

BADGE_UP_TO = 100  # a badge says "99+" rather than count on

_MENU: tuple[tuple[str, tuple[tuple[str, str, str, str], ...]], ...] = (
    ("", (("Dashboard", "dashboard", "index", ""),)),
    (
        "Conversations",
        (
            ("Conversations", "forum", "conversations_chat_changelist", "conversations.view_chat"),
            ("Messages", "chat", "conversations_message_changelist", "conversations.view_message"),
            ("Labels", "label", "conversations_label_changelist", "conversations.view_label"),
            ("Canned replies", "quickreply", "conversations_cannedreply_changelist",
             "conversations.view_cannedreply"),
        ),
    ),
    (
        "Follow-ups",
        (
            ("Follow-ups", "alarm", "reminders_reminder_changelist", "reminders.view_reminder"),
            ("Calendar", "calendar_month", "reminders_calendar", "reminders.view_reminder"),
            ("Deliveries", "local_shipping", "reminders_delivery_changelist",
             "reminders.view_delivery"),
            ("Commands", "checklist", "reminders_command_changelist", "reminders.view_command"),
            ("Broadcasts", "campaign", "reminders_broadcast_changelist",
             "reminders.view_broadcast"),
            ("Parser bench", "science", "reminders_bench", "reminders.view_reminder"),
        ),
    ),
    (
        "The machine",
        (
            ("Bots", "smart_toy", "bots_bot_changelist", "bots.view_bot"),
            ("Updates", "inbox", "bots_update_changelist", "bots.view_update"),
            ("Audit log", "visibility", "conversations_auditentry_changelist",
             "conversations.view_auditentry"),
            ("Upkeep", "cleaning_services", "conversations_upkeep_changelist",
             "conversations.view_upkeep"),
        ),
    ),
    (
        "People and access",
        (
            ("Guests", "how_to_reg", "conversations_guest_changelist",
             "conversations.view_guest"),
            ("Invitations", "mail", "conversations_invite_changelist",
             "conversations.view_invite"),
            ("Calendar feeds", "rss_feed", "reminders_feed_changelist", "reminders.view_feed"),
            ("Strangers", "person_off", "conversations_stranger_changelist",
             "conversations.view_stranger"),
            ("Forgotten chats", "delete_sweep", "conversations_tombstone_changelist",
             "conversations.view_tombstone"),
            ("Users", "person", "auth_user_changelist", "auth.view_user"),
            ("Groups", "group", "auth_group_changelist", "auth.view_group"),
            ("One-time codes", "phonelink_lock", "otp_totp_totpdevice_changelist",
             "otp_totp.view_totpdevice"),
            ("Recovery codes", "password", "otp_static_staticdevice_changelist",
             "otp_static.view_staticdevice"),
            ("Wrong passwords", "lock", "axes_accessattempt_changelist",
             "axes.view_accessattempt"),
        ),
    ),
)  # fmt: skip


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the menu: only pages that exist and that this operator may open."""
    groups: list[dict[str, Any]] = []
    for title, entries in _MENU:
        items = [item for entry in entries if (item := _item(request, *entry))]
        if items:
            groups.append({"title": title, "items": items})
    _mark_active(request.path, [item for group in groups for item in group["items"]])
    return groups


def menu_place(link: str) -> tuple[str, str]:
    """Return the group and the name of the list at an address; both empty where the menu has none."""
    places = {
        _link(name): (group, title) for group, entries in _MENU for title, _, name, _ in entries
    }
    return places.get(link, ("", ""))


def _item(
    request: HttpRequest, title: str, icon: str, name: str, permission: str
) -> dict[str, Any] | None:
    link = _link(name)
    if not link or (permission and not request.user.has_perm(permission)):
        return None
    return {"title": title, "icon": icon, "link": link, "active": False, **(_badge(name) or {})}


def _link(name: str) -> str:
    try:
        return reverse(f"admin:{name}")
    except NoReverseMatch:
        return ""


def _mark_active(path: str, items: list[dict[str, Any]]) -> None:
    """Mark one entry at most: the calendar lies below the follow-ups, everything below the home."""
    home = _link("index")
    above = [item for item in items
             if path.startswith(item["link"]) and (path == home or item["link"] != home)]  # fmt: skip
    for item in sorted(above, key=lambda each: len(each["link"]))[-1:]:
        item["active"] = True


def _badge(name: str) -> dict[str, Any] | None:
    from conversations.desk.filters import (  # models load after the settings
        troubled_messages,
        unread_chats,
    )

    if name == "conversations_chat_changelist":
        rows, variant, told = unread_chats(), "blue", "unread"
        title = "Conversations with messages nobody has looked at"
    elif name == "conversations_message_changelist":
        rows, variant, told = troubled_messages(), "red", "to check"  # type: ignore[assignment]
        title = "Messages that failed or may not have arrived, in 7 days"
    else:
        return None
    count = rows.order_by()[:BADGE_UP_TO].count()
    if not count:
        return None
    words = f"{BADGE_UP_TO - 1}+" if count >= BADGE_UP_TO else str(count)
    return {"badge": _Words(f"{words} {told}"), "badge_variant": variant, "badge_title": title}


class _Words:
    """A badge's text; the theme would take a plain `str` for a callback's name."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __str__(self) -> str:
        return self.words


def _static(path: str) -> str:
    from django.templatetags.static import static  # settings are not complete before this

    return static(path)


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Reminder bot",
    "SITE_HEADER": "Reminder bot",
    "SITE_SYMBOL": "notifications_active",
    "SITE_URL": None,
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "LOGIN": {"form": "config.signin.SignInForm"},
    "DASHBOARD_CALLBACK": "config.dashboard.dashboard",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: _static("desk/icon.svg")}
    ],
    "STYLES": [lambda request: _static("desk/desk.css")],
    "SCRIPTS": [lambda request: _static("desk/desk.js")],
    "BORDER_RADIUS": "8px",
    "COLORS": {
        "primary": {
            "50": "oklch(97.7% .013 236.62)",
            "100": "oklch(95.1% .026 236.824)",
            "200": "oklch(90.1% .058 230.902)",
            "300": "oklch(82.8% .111 230.318)",
            "400": "oklch(74.6% .16 232.661)",
            "500": "oklch(64% .169 237.323)",
            "600": "oklch(54% .158 241.966)",
            "700": "oklch(48% .134 242.749)",
            "800": "oklch(42% .11 240.79)",
            "900": "oklch(37% .09 240.876)",
            "950": "oklch(29.3% .066 243.157)",
        },
    },
    "SIDEBAR": {"show_search": False, "navigation": navigation},
}
