"""Fields that several of the desk's forms share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from valtti.core import caps, clock
from valtti.desk.forms.moments import WRITTEN, MomentInput
from valtti.desk.promises import FARTHEST


def text_field(label: Any, rows: int = 4, *, required: bool = True, focus: bool = False) -> forms.CharField:
    """A text as it was typed: nothing is stripped from it. `focus` is for the first field of a dialog."""
    attributes: dict[str, Any] = {"rows": rows}
    if focus:
        attributes["autofocus"] = True
    widget = forms.Textarea(attrs=attributes)
    return forms.CharField(label=label, max_length=caps.MESSAGE_LENGTH, strip=False, required=required, widget=widget)


class FutureField(forms.DateTimeField):
    """A moment that has not come yet, in the reader's time zone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=MomentInput(), input_formats=[WRITTEN, "%Y-%m-%d %H:%M"], **options)

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value is not None and value <= clock.now():
            raise ValidationError(_("This time has passed. Choose one that is still to come."))
        if value is not None and value > clock.now() + FARTHEST:
            raise ValidationError(_("This is too far away to promise. Choose a time within two years."))

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


def moment_of(written: str) -> datetime | None:
    """A time as a draft keeps it; None where it is none."""
    try:
        moment = parse_datetime(written)
    except ValueError:
        return None
    return timezone.make_aware(moment) if moment is not None and timezone.is_naive(moment) else moment


class FilesInput(forms.ClearableFileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files up to the caps."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=FilesInput(attrs={"class": "unseen"}), required=False, **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        files = [super(FilesField, self).clean(one, initial) for one in given]
        check_files([file.size or 0 for file in files])
        return files


def check_files(sizes: Sequence[int]) -> None:
    """So many files of these sizes fit into one letter, or it is said why not."""
    most = caps.FILES_PER_MESSAGE
    if len(sizes) > most:
        raise ValidationError(
            ngettext("Send at most %(most)s file.", "Send at most %(most)s files.", most) % {"most": most}
        )
    if sum(sizes) > caps.LETTER_BYTES * 2 // 3:
        raise ValidationError(_("The files are too large for a letter. Send fewer or smaller ones."))
