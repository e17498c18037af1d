"""The product's chat commands and buttons, registered with the router."""

from django.utils.translation import gettext_lazy as _

from conversations.router import router
from reminders import followup
from reminders.chat import (
    acting,
    admins,
    answers,
    create,
    delivered,
    edit,
    history,
    manage,
    pausing,
    preferences,
    returning,
    undoing,
    zone,
)

router.command("remind", create.remind, _("set a reminder"))
router.command("list", manage.show_list, _("what is still to come"))
router.command("snooze", delivered.command, _("say the last one again later"))
router.command("edit", edit.command, _("change a reminder"))
router.command("delete", manage.delete, _("delete reminders by number"))
router.command("cancel", manage.cancel)
router.command("pause", pausing.pause, _("pause everything, or one by its number"))
router.command("resume", pausing.resume, _("go on after a pause"))
router.command("why", history.why, _("what happened to a reminder"))
router.command("timezone", answers.timezone, _("show or set your time zone"))
router.command("settings", preferences.command, _("snooze buttons, quiet hours, clock"))

router.button("q1", answers.press)
router.button("r1", acting.press)
router.button("o1", delivered.press)
router.button("u1", undoing.press)
router.button("l1", manage.turn_page)
router.button("t1", zone.press)
router.button("b1", returning.press)
router.button("s1", preferences.press)

# Words are first what they answer: a reminder that came, an open question, another message.
router.take("text", delivered.take_reply, priority=20)
router.take("text", edit.take_reply, priority=25)
router.take("text", answers.take_text, priority=30)
router.take("text", create.take_answer_to_message, priority=40)
router.take("text", edit.take_change, priority=50)
router.command("stats", admins.stats)
router.command("failed", admins.failed)
router.command("due", admins.due)
router.listen(followup.drop_on_reply)
router.take("text", create.take_text, priority=80)
router.take("edit", edit.take_edit)
router.take("media", create.take_media, priority=50)
router.take("location", answers.take_location, priority=30)
router.take("location", zone.take_location, priority=50)
router.listen(returning.greet)
