"""The product's chat commands and buttons, registered with the router."""

from django.utils.translation import gettext_lazy as _

from conversations import forgetting
from conversations.admins import only
from conversations.router import router
from reminders import followup
from reminders.calendars import exporting, feed, importing
from reminders.chat import (
    acting,
    admins,
    answers,
    asking,
    create,
    delivered,
    edit,
    history,
    manage,
    pausing,
    preferences,
    putting_off,
    returning,
    spoken,
    takingback,
    zone,
)
from reminders.together import copies, digest, groups, joining, leaving, sharing

router.command("remind", create.remind, _("set a reminder"))
router.command("list", manage.show_list, _("what is still to come"))
router.command("snooze", putting_off.command, _("say the last one again later"))
router.command("edit", edit.command, _("change a reminder"))
router.command("delete", manage.delete, _("delete reminders by number"))
router.command("cancel", manage.cancel, _("drop my question"))
router.command("pause", pausing.pause, _("pause everything, or one by its number"))
router.command("resume", pausing.resume, _("go on after a pause"))
router.command("why", history.why, _("what happened to a reminder"))
router.command("timezone", only(answers.timezone, when=zone.moves), _("show or set your time zone"))
router.command("settings", only(preferences.command), _("snooze buttons, quiet hours, clock"))

router.button("q1", answers.press)
router.button("r1", acting.press)
router.button("o1", delivered.press)
router.button("u1", takingback.press)
router.button("l1", manage.turn_page)
router.button("t1", only(zone.press, when=lambda chat, incoming: chat.timezone))
router.button("b1", returning.press)
router.button("s1", only(preferences.press))

# Words are first what they answer: a reminder that came, an open question, another message.
router.take("text", delivered.take_reply, priority=20)
router.take("text", edit.take_reply, priority=25)
router.take("text", asking.take_text, priority=28)
router.take("text", spoken.take_text, priority=29)
router.take("text", answers.take_text, priority=30)
router.take("text", create.take_answer_to_message, priority=40)
router.take("text", edit.take_change, priority=50)
router.command("stats", admins.stats)
router.command("failed", admins.failed)
router.command("due", admins.due)
router.listen(followup.drop_on_reply)
router.take("text", create.take_text, priority=80)
router.take("edit", edit.take_edit)
router.take("media", answers.take_media, priority=40)
router.take("media", create.take_media, priority=50)
router.take("location", answers.take_location, priority=30)
router.take("location", zone.take_location, priority=50)
router.listen(returning.greet)

# Together with others, and with other calendars.
router.command("share", sharing.command, _("remind somebody else, if they agree"))
router.command("digest", only(digest.command), _("a list of the day every morning"))
router.command("export", only(exporting.command), _("take your reminders with you"))
router.button("j1", joining.press)
router.button("k1", copies.press)
router.button("h1", sharing.press)
router.button("d1", only(digest.press))
router.button("i1", importing.press)
router.button("f1", only(feed.press))
router.link("join", joining.follow_link)
router.link("share", sharing.follow_link)
router.take("text", groups.overhear, priority=5)
router.take("location", groups.overhear, priority=5)
router.take("media", importing.take_file, priority=20)
forgetting.phrases.append(leaving.phrase)
forgetting.farewells.append(leaving.farewell)
