"""What people send, checked. A form asks nobody and changes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django import forms
from django.core.exceptions import ValidationError

from watchdiary.profile.titles import item_of
from watchprint import RELEASED, UNKNOWN, Item, Place

WHEN: Final = {
    "now": "just now",
    "released": "when it came out",
    "unknown": "on a day I do not know",
    "at": "at this time:",
}
PRIVACY: Final = {
    "private": "only me",
    "link": "whoever has the link",
    "friends": "my friends",
    "public": "everybody",
}
WHERE: Final = {
    "home": "at home",
    "friends": "with friends",
    "cinema": "in a cinema",
    "travel": "on the way",
    "other": "elsewhere",
}


class ItemField(forms.CharField):
    """A title, as a row's key names it."""

    widget = forms.HiddenInput

    def clean(self, value: object) -> Item | None:
        """The item; None: nothing was chosen.

        Raises:
            ValidationError: It is no title.
        """
        text: str = super().clean(value)
        if not text:
            return None
        try:
            return item_of(text)
        except ValueError as error:
            raise ValidationError("This is not a title: search for it.") from error


class ItemForm(forms.Form):
    """One title."""

    item = ItemField()


class PlayForm(forms.Form):
    """One play."""

    play = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class SeenForm(ItemForm):
    """A title that was watched, and when it ended; the time is meant in the user's own zone."""

    when = forms.ChoiceField(choices=list(WHEN.items()), initial="now", required=False)
    at = forms.DateTimeField(
        label="Time",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def seen_at(self) -> datetime | str | None:
        """What Watchprint takes as the time of a play; None: now.

        Raises:
            ValidationError: A time was promised and is not there.
        """
        match self.cleaned_data["when"]:
            case "released":
                return RELEASED.value
            case "unknown":
                return UNKNOWN.value
            case "at":
                at: datetime | None = self.cleaned_data["at"]
                if at is None:
                    raise ValidationError("Say at what time.")
                return at
        return None


class ListForm(forms.Form):
    """A list to be."""

    name = forms.CharField(max_length=200)
    description = forms.CharField(max_length=1000, required=False)
    privacy = forms.ChoiceField(label="Who may see it", choices=list(PRIVACY.items()), initial="private")


class CheckinForm(ItemForm):
    """What is watched now, and what is said of it."""

    message = forms.CharField(
        label="Message", max_length=280, required=False, help_text="Posted where your Trakt account shares check-ins."
    )
    place = forms.CharField(label="Place", max_length=100, required=False)
    kind = forms.ChoiceField(label="What kind of place", choices=list(WHERE.items()), initial="home", required=False)
    share_place = forms.BooleanField(label="Put the place into the message", required=False)

    def where(self) -> Place | None:
        """The place; None: none was named."""
        name = self.cleaned_data["place"]
        return Place(name, self.cleaned_data["kind"] or "other") if name else None


def faults_of(form: forms.Form) -> str:
    """What is wrong with a form, in one line."""
    return " ".join(str(fault) for faults in form.errors.values() for fault in faults)
