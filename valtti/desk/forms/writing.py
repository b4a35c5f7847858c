"""The answer, the note, the call: what is written in a case."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valtti.core.numbers import LONGEST, row_number
from valtti.desk.forms.closed_hours import PromisingForm
from valtti.desk.forms.fields import FilesField, FutureField, check_files, moment_of, text_field
from valtti.desk.models import Case, Draft, Promise
from valtti.desk.models.words import NextStep, Outcome

LAST_EVENT = 2**62
"""No event has a greater number."""
"""Numbers of rows are shorter."""


class SeenForm(forms.Form):
    """A form that knows which news was on the page it was filled in on."""

    seen_event = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LAST_EVENT)


class NoteForm(forms.Form):
    """Ours only, never sent. The key makes a double click one note."""

    text = text_field(_("What colleagues should know"), 4, focus=True)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class PromisesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Ticked promises of the case; which of them still stand is asked under the lock."""

    def __init__(self) -> None:
        super().__init__(queryset=Promise.objects.none(), required=False)

    def clean(self, value: Any) -> Any:
        for number in value or ():
            if row_number(number) is None:
                raise ValidationError(self.error_messages["invalid_choice"], params={"value": number[:LONGEST]})
        return super().clean(value)


class ReplyForm(SeenForm, PromisingForm):
    """The answer and what happens next; the next step cannot be left empty."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = text_field(_("Answer"), 1)
    text.error_messages["required"] = _("Write the answer.")
    next_step = forms.ChoiceField(
        label=_("What happens next"),
        choices=NextStep.choices,
        error_messages={"required": _("Say what happens next: a promise, the customer’s turn, or nothing more.")},
    )
    promise_text = forms.CharField(label=_("What we promise"), max_length=300, required=False)
    promise_due = FutureField(label=_("By when"), required=False)
    outcome = forms.ChoiceField(label=_("How it ended"), choices=Outcome.choices, required=False)
    keeps = PromisesField()
    moves = PromisesField()
    attached = forms.MultipleChoiceField(required=False)
    uploads = FilesField(label=_("Files"))

    def __init__(self, *args: Any, case: Case, draft: Draft | None, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "answer_%s"} | options)
        self.case = case
        for name in ("keeps", "moves"):
            promises = self.fields[name]
            assert isinstance(promises, PromisesField)
            promises.queryset = Promise.objects.filter(case=case)
        self.offer(draft)

    @classmethod
    def for_page(cls, case: Case, draft: Draft | None) -> ReplyForm:
        """As it stands when the page is opened: with one's draft, if there is one."""
        begun = draft or Draft()
        initial = {
            "seen_event": case.last_event,
            "key": begun.token,
            "text": begun.text,
            "next_step": begun.next_step,
            "promise_text": begun.promise_text,
            "promise_due": moment_of(begun.promise_due),
            "outcome": Outcome.SOLVED,
            "attached": [file["sha256"] for file in begun.files],
        }
        return cls(initial=initial, case=case, draft=draft)

    def offer(self, draft: Draft | None) -> None:
        """Let the files that wait in the draft be sent with the answer."""
        self.waiting: dict[str, dict[str, Any]] = {file["sha256"]: file for file in (draft.files if draft else [])}
        attached = self.fields["attached"]
        assert isinstance(attached, forms.MultipleChoiceField)
        attached.choices = [(sha256, file["safe_name"]) for sha256, file in self.waiting.items()]

    @property
    def chosen_to_keep(self) -> set[int]:
        """Promises ticked as kept, for the page that shows the form once more."""
        return self._ticked("keeps")

    @property
    def chosen_to_move(self) -> set[int]:
        """Promises ticked as moved."""
        return self._ticked("moves")

    def _ticked(self, name: str) -> set[int]:
        if not isinstance(self.data, QueryDict):
            return set()
        return {number for pk in self.data.getlist(name) if (number := row_number(pk)) is not None}

    def show_again(self, draft: Draft | None, *, seen_event: int | None = None) -> None:
        """The same words once more: what was uploaded waits in the draft now, and what has moved has been seen."""
        assert isinstance(self.data, QueryDict)
        typed = self.data.copy()
        self.offer(draft)
        typed.setlist("attached", list(self.waiting))
        if seen_event is not None:
            typed["seen_event"] = str(seen_event)
        self.data = typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        step = cleaned.get("next_step")
        if step == NextStep.PROMISE:
            self._check_promise(cleaned)
        else:
            for name in ("promise_text", "promise_due"):
                self.errors.pop(name, None)
        if step == NextStep.NOTHING and not cleaned.get("outcome"):
            self.add_error("outcome", _("Say how the matter ended."))
        self._check_files(cleaned)
        cleaned["moves"] = self._moved(cleaned)
        return cleaned

    def _check_promise(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("promise_text", "").strip() and "promise_text" not in self.errors:
            self.add_error("promise_text", _("Write what we promise, in the customer’s language."))
        if not cleaned.get("promise_due") and "promise_due" not in self.errors:
            self.add_error("promise_due", _("Say by when."))
        self.ask_if_closed(cleaned, self.case.team)

    def _check_files(self, cleaned: dict[str, Any]) -> None:
        sizes = [int(self.waiting[sha256]["size"]) for sha256 in cleaned.get("attached", [])]
        try:
            check_files(sizes + [file.size or 0 for file in cleaned.get("uploads") or []])
        except ValidationError as too_much:
            self.add_error("uploads", too_much)

    def _moved(self, cleaned: dict[str, Any]) -> Promise | None:
        """Which standing promise the answer gives a new time."""
        moved = list(cleaned.get("moves") or [])
        if len(moved) > 1:
            self.add_error("moves", _("One answer gives one promise a new time. Move the others from the case."))
        if any(promise in moved for promise in cleaned.get("keeps") or []):
            self.add_error("keeps", _("A promise is either kept by this answer or moved."))
        if moved and cleaned.get("next_step") not in {None, NextStep.PROMISE}:
            self.add_error("next_step", _("A promise is moved by a new one: write what we promise and by when."))
        return moved[0] if moved else None


class DraftForm(forms.Form):
    """What is kept while one types: nothing is required and nothing is refused but its length."""

    text = text_field("", required=False)
    kind = forms.ChoiceField(choices=[("answer", ""), ("note", "")], required=False)
    next_step = forms.ChoiceField(choices=NextStep.choices, required=False)
    promise_text = forms.CharField(max_length=300, required=False)
    promise_due = forms.CharField(max_length=40, required=False)
    seen_event = forms.IntegerField(min_value=0, required=False)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or "answer"

    def clean_seen_event(self) -> int:
        return min(self.cleaned_data["seen_event"] or 0, LAST_EVENT)


class CallForm(PromisingForm):
    """A call or a visit in a case that exists: what was said, what it kept, what was promised."""

    text = text_field(_("What was said and agreed"), 4)
    started_by = forms.ChoiceField(
        label=_("Who called"),
        choices=[
            ("customer", pgettext_lazy("who called", "the customer")),
            ("company", pgettext_lazy("who called", "we")),
        ],
        widget=forms.RadioSelect,
        initial="company",
    )
    keeps = forms.ModelChoiceField(
        label=_("The call keeps the promise"), queryset=Promise.objects.none(), required=False, empty_label=_("none")
    )
    promise_text = forms.CharField(label=_("What we promise"), max_length=300, required=False)
    promise_due = FutureField(label=_("By when"), required=False)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "call_%s"} | options)
        self.case = case
        keeps = self.fields["keeps"]
        assert isinstance(keeps, forms.ModelChoiceField)
        keeps.queryset = Promise.objects.filter(case=case, ended_at=None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("promise_text", "").strip()) != bool(cleaned.get("promise_due")):
            self.add_error("promise_due", _("A promise needs its words and its time."))
        self.ask_if_closed(cleaned, self.case.team)
        return cleaned
