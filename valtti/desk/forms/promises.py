"""How a promise ends: kept, moved, withdrawn, given up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from valtti.core import clock
from valtti.desk.forms.closed_hours import PromisingForm
from valtti.desk.forms.fields import FutureField, text_field
from valtti.desk.models import Message, Promise
from valtti.desk.queries.promises import customers_words_since, evidence_for
from valtti.ui import times
from valtti.ui.spoken import spoken


class WordsChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Messages to choose from, told by when and by their first words."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Message.objects.none(), empty_label=None, blank=False, **options)

    def label_from_instance(self, obj: Message) -> str:
        at = times.short(timezone.localtime(obj.at), timezone.localtime(clock.now()), spoken())
        return f"{at} · {Truncator(' '.join(obj.visible.split())).chars(90)}"


class KeepingForm(forms.Form):
    """Which message kept the promise, the call just made, or what was done without a word to the customer."""

    evidence = WordsChoice(label=_("What shows it"), required=False)
    call = text_field(_("Or the call just made: what was said"), 3, required=False)
    done = text_field(_("Or done in another way: what was done"), 2, required=False)

    def __init__(self, *args: Any, promise: Promise, **options: Any) -> None:
        super().__init__(*args, **options)
        found = evidence_for(promise)
        _offer(self, found)
        if not found:
            del self.fields["evidence"]
            self.fields["call"].label = _("The call just made: what was said")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("evidence") or any(cleaned.get(name, "").strip() for name in ("call", "done")):
            return cleaned
        if "evidence" in self.fields:
            raise ValidationError(_("Choose the answer that shows it, write down the call, or say what was done."))
        raise ValidationError(_("Write down the call, or say what was done."))


class MovingForm(PromisingForm):
    """A new time for a promise, told to the customer in a call."""

    text = forms.CharField(label=_("What we promise now, in the customer’s language"), max_length=300)
    due_at = FutureField(label=_("By when"))
    call = text_field(_("The call in which the customer was told"), 3)

    def __init__(self, *args: Any, promise: Promise, **options: Any) -> None:
        super().__init__(*args, **{"initial": {"text": promise.text}} | options)
        self.promise = promise

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.ask_if_closed(cleaned, self.promise.case.team, "due_at")
        return cleaned


class WithdrawalForm(forms.Form):
    """The customer's own words that show they no longer wish it."""

    evidence = WordsChoice(label=_("Where the customer said so"))

    def __init__(self, *args: Any, promise: Promise, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, customers_words_since(promise))


class GivingUpForm(forms.Form):
    """Why it will not be kept."""

    reason = forms.CharField(label=_("Why, for colleagues"), max_length=200, required=False)


def _offer(form: forms.Form, messages: list[Message]) -> None:
    evidence = form.fields["evidence"]
    assert isinstance(evidence, forms.ModelChoiceField)
    evidence.queryset = Message.objects.filter(pk__in=[message.pk for message in messages]).order_by("-at")
