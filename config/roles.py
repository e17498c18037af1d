"""The three roles of operators, made after every migration: viewer, operator, owner."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from django.db.models.signals import post_migrate

OURS = ("bots", "sandbox", "conversations", "reminders")
# What an operator works with; the rest of the rows belongs to the machine.
WORKED_ON = (
    ("conversations", "chat"),
    ("conversations", "message"),
    ("conversations", "note"),
    ("conversations", "label"),
    ("conversations", "cannedreply"),
    ("reminders", "reminder"),
    ("reminders", "broadcast"),
)


def connect(auth: AppConfig) -> None:
    """Have the roles made once all permissions can be."""
    post_migrate.connect(make_roles, sender=auth, dispatch_uid="config.roles")


def make_roles(using: str = "default", **kwargs: Any) -> None:
    """Make the groups, and give them permissions that are new; what an owner took away stays away."""
    for app in apps.get_app_configs():
        create_permissions(app, verbosity=0, using=using)
    groups = Group.objects.using(using)
    owner, _ = groups.get_or_create(name="owner")
    known = set(owner.permissions.values_list("pk", flat=True))
    for name, wanted in _wanted(using).items():
        group, _ = groups.get_or_create(name=name)
        new = wanted.exclude(pk__in=known) if known else wanted
        group.permissions.add(*new)


def _wanted(using: str) -> dict[str, QuerySet[Permission]]:
    everything = Permission.objects.using(using)
    view = Q(content_type__app_label__in=OURS, codename__startswith="view_")
    work = Q(content_type__app_label="conversations", codename="read_text")
    work |= Q(content_type__app_label="bots", codename="change_update")  # handing one over again
    for app, model in WORKED_ON:
        names = [f"{verb}_{model}" for verb in ("add", "change")]
        work |= Q(content_type__app_label=app, codename__in=names)
    return {
        "viewer": everything.filter(view),
        "operator": everything.filter(view | work),
        "owner": everything.all(),
    }
