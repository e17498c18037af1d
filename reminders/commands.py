"""The product's chat commands and buttons, registered with the router."""

from django.utils.translation import gettext_lazy as _

from conversations.router import router
from reminders import followup
from reminders.chat import admins, create, manage, zone

router.command("remind", create.remind, _("set a reminder"))
router.command("list", manage.show_list, _("what is still to come"))
router.command("cancel", manage.cancel, _("cancel reminders by number"))
router.command("timezone", zone.show_or_set, _("show or set your time zone"))
router.command("stats", admins.stats)
router.command("failed", admins.failed)
router.command("due", admins.due)
router.listen(followup.drop_on_reply)
router.take("text", create.take_text, priority=80)
