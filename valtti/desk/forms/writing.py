"""The answer, the note, the call: what is written in a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valtti.desk.forms.fields import FilesField, FutureField, text_field
from valtti.desk.models import Case, Draft, Promise
from valtti.desk.models.words import NextStep, Outcome
from valtti.desk.queries.case_page import CasePage


class SeenForm(forms.Form):
    """A form that knows which news was on the page it was filled in on."""

    seen_event = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class NoteForm(forms.Form):
    """Ours only, never sent."""

    text = text_field(_("Note, ours only"), 3)


class ReplyForm(SeenForm):
    """The answer and what happens next; the next step cannot be left empty."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = text_field(_("Answer"), 1)
    next_step = forms.ChoiceField(
        label=_("What happens next"),
        choices=NextStep.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what happens next: a promise, the customer’s turn, or nothing more.")},
    )
    promise_text = forms.CharField(label=_("What we promise"), max_length=300, required=False)
    promise_due = FutureField(label=_("By when"), required=False)
    outcome = forms.ChoiceField(label=_("How it ended"), choices=Outcome.choices, required=False)
    settles = forms.RegexField(r"^(keeps|moves):[0-9]{1,18}$", required=False)
    files = FilesField(label=_("Files"))
    send_anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case = case

    @classmethod
    def for_page(cls, shown: CasePage) -> ReplyForm:
        """As it stands when the page is opened: with one's draft, if there is one."""
        draft = shown.answer or Draft()
        initial = {
            "seen_event": shown.seen_event,
            "key": draft.token,
            "text": draft.text,
            "next_step": draft.next_step,
            "promise_text": draft.promise_text,
            "promise_due": draft.promise_due,
            "outcome": Outcome.SOLVED,
        }
        return cls(case=shown.case, initial=initial, auto_id="answer_%s")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("next_step") == NextStep.PROMISE:
            if not cleaned.get("promise_text", "").strip():
                self.add_error("promise_text", _("Write what we promise, in the customer’s language."))
            if not cleaned.get("promise_due") and "promise_due" not in self.errors:
                self.add_error("promise_due", _("Say by when."))
        if cleaned.get("next_step") == NextStep.NOTHING and not cleaned.get("outcome"):
            self.add_error("outcome", _("Say how the matter ended."))
        return cleaned | self._settled(cleaned)

    def _settled(self, cleaned: dict[str, Any]) -> dict[str, Promise | None]:
        """Which standing promise of this case the answer keeps or moves."""
        verb, _colon, number = (cleaned.pop("settles", "") or "").partition(":")
        promise = Promise.objects.filter(case=self.case, ended_at=None, pk=number).first() if number else None
        return {"keeps": promise if verb == "keeps" else None, "moves": promise if verb == "moves" else None}


class DraftForm(forms.Form):
    """What is kept while one types: nothing is required and nothing is refused but its length."""

    text = text_field("", required=False)
    kind = forms.ChoiceField(choices=[("answer", ""), ("note", "")], required=False)
    next_step = forms.ChoiceField(choices=NextStep.choices, required=False)
    promise_text = forms.CharField(max_length=300, required=False)
    promise_due = forms.CharField(max_length=40, required=False)
    seen_event = forms.IntegerField(min_value=0, required=False)


class CallForm(forms.Form):
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
        super().__init__(*args, **options)
        keeps = self.fields["keeps"]
        assert isinstance(keeps, forms.ModelChoiceField)
        keeps.queryset = Promise.objects.filter(case=case, ended_at=None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("promise_text", "").strip()) != bool(cleaned.get("promise_due")):
            self.add_error("promise_due", _("A promise needs its words and its time."))
        return cleaned
