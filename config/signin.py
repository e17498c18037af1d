"""The sign-in page of the admin, with a one-time code for operators who set one up."""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_otp import devices_for_user
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice
from unfold.forms import AuthenticationForm
from unfold.widgets import UnfoldAdminTextInputWidget


class SignInForm(AuthenticationForm):  # type: ignore[misc] # it has no types
    """Asks for name and password, and for a code where the operator set up a device."""

    otp_token = forms.CharField(
        label=_("One-time code"),
        help_text=_("Leave it empty unless you set up an authenticator app or recovery codes."),
        required=False,
        max_length=16,
        widget=UnfoldAdminTextInputWidget(
            attrs={"form": "login-form", "autocomplete": "one-time-code"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Check the password first, so that nobody learns who has a device."""
        cleaned: dict[str, Any] = super().clean()
        user = self.get_user()
        if user is not None:
            self._check_code(user, cleaned.get("otp_token", "").replace(" ", ""))
        return cleaned

    def _check_code(self, user: AbstractUser, code: str) -> None:
        # The transaction ends before the error is raised: it keeps the count of wrong codes.
        with transaction.atomic():
            devices = list(devices_for_user(user, for_verify=True))
            accepted = next((d for d in devices if _is_meant(d, code) and _accepts(d, code)), None)
        if devices and accepted is None:
            raise ValidationError(
                _("The one-time code is missing or not right. Wait a moment and try a new one."),
                code="otp",
            )
        if accepted is not None:
            user.otp_device = accepted  # type: ignore[attr-defined] # read when the session begins


def _is_meant(device: Device, code: str) -> bool:
    """Choose the device by the look of the code: a wrong try slows a device down."""
    is_totp = code.isdigit() and len(code) in {6, 8}
    return bool(code) and isinstance(device, TOTPDevice) == is_totp


def _accepts(device: Device, code: str) -> bool:
    allowed, _reason = device.verify_is_allowed()
    return bool(allowed and device.verify_token(code))
