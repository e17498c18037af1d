"""Words that operators type: clean before they are checked, and never only blanks where they are sent."""

from typing import Any

from django import forms

from bots.text import clean_text, is_visible


class CleanField(forms.CharField):
    """Words without control characters, with the line breaks of a chat instead of a form's."""

    def to_python(self, value: Any) -> str | None:
        """Clean first: the database would refuse a NUL, and a terminal would obey an escape."""
        return super().to_python(clean_text(str(value).replace("\r\n", "\n")) if value else value)


class SentField(CleanField):
    """Words for a chat; Telegram refuses those of which nothing can be seen."""

    def validate(self, value: Any) -> None:
        """Ask for something visible."""
        super().validate(value)
        if self.required and not is_visible(value):
            raise forms.ValidationError(self.error_messages["required"], code="required")


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """Rows chosen by their ids; a number that no row can have is a wrong choice."""

    def clean(self, value: Any) -> Any:
        """Refuse what the database could not even compare."""
        if any(len(str(each)) > 18 for each in value or []):
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": "…"}
            )
        return super().clean(value)
