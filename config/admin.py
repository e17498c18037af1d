"""Users and groups in the admin's own look."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as StockGroupAdmin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(StockUserAdmin, ModelAdmin):  # type: ignore[misc,type-arg]  # unfold has no types
    """Operators: what they may do comes from their groups."""

    filter_horizontal = ()  # two boxes side by side do not fit a phone
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "full_name", "roles", "is_active", "last_login")
    list_fullwidth = True
    readonly_fields = ("last_login", "date_joined")
    search_help_text = "A name or an address"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Fetch the roles with the page."""
        rows: QuerySet[User] = super().get_queryset(request)
        return rows.prefetch_related("groups")

    @admin.display(description="Name")
    def full_name(self, user: User) -> str:
        """Return what they are called."""
        return user.get_full_name() or "–"

    @admin.display(description="Roles")
    def roles(self, user: User) -> str:
        """Return their groups; a superuser needs none."""
        names = [group.name for group in user.groups.all()]
        return ", ".join([*(["everything"] if user.is_superuser else []), *names]) or "none yet"


@admin.register(Group)
class GroupAdmin(StockGroupAdmin, ModelAdmin):  # type: ignore[misc]
    """Roles: viewer, operator, owner, and what else is wanted."""

    filter_horizontal = ()
