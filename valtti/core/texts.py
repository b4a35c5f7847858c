"""Texts that people type in the house's languages: {"fi", "ru", "en"} with fallback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LANGUAGES = {"fi": _("Finnish"), "ru": _("Russian"), "en": _("English")}


class Shown(NamedTuple):
    """A text and the language it is in: the page gives its `lang` where that is not its own."""

    text: str
    language: str


class TranslatedText(dict[str, str]):
    """One text in several languages; an empty one counts as missing."""

    def shown(self, language: str | None = None) -> Shown:
        """In this language (the page's), else in the organisation's, else in any; empty when there is none."""
        own = _short(language or get_language() or "")
        for candidate in (own, _short(settings.LANGUAGE_CODE), *LANGUAGES, *self):
            if text := self.get(candidate, ""):
                return Shown(text, candidate)
        return Shown("", own)

    def __str__(self) -> str:
        return self.shown().text

    def __bool__(self) -> bool:
        return any(self.values())


class TranslatedTextField(models.JSONField):
    """A column of TranslatedText."""

    description = _("Text in the house's languages")

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("default", TranslatedText)
        super().__init__(*args, **options)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> TranslatedText | None:
        loaded = super().from_db_value(value, expression, connection)
        return loaded if loaded is None else TranslatedText(loaded)

    def to_python(self, value: Any) -> TranslatedText | None:
        loaded = super().to_python(value)
        return loaded if loaded is None else _checked(loaded)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(_checked(value) if isinstance(value, Mapping) else value)

    def formfield(self, **options: Any) -> Any:
        options.pop("encoder", None)
        options.pop("decoder", None)
        return models.Field.formfield(self, **{"form_class": TranslatedTextFormField, **options})


class TranslatedTextWidget(forms.MultiWidget):
    """One input per language, each saying which."""

    def __init__(self, *, long: bool = False) -> None:
        kind: type[forms.Widget] = forms.Textarea if long else forms.TextInput
        super().__init__({code: kind(attrs={"lang": code, "aria-label": name}) for code, name in LANGUAGES.items()})

    def decompress(self, value: Mapping[str, str] | None) -> list[str]:
        return [(value or {}).get(code, "") for code in LANGUAGES]


class TranslatedTextFormField(forms.MultiValueField):
    """Three inputs; where a text is required, one language is enough."""

    def __init__(self, *, long: bool = False, max_length: int = 4000, **options: Any) -> None:
        parts = [forms.CharField(required=False, max_length=max_length) for _code in LANGUAGES]
        options.setdefault("widget", TranslatedTextWidget(long=long))
        super().__init__(fields=parts, require_all_fields=False, **options)

    def compress(self, data_list: list[str]) -> TranslatedText:
        texts = zip(LANGUAGES, data_list or [], strict=False)
        return TranslatedText({code: text for code, text in texts if text})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return TranslatedText(initial or {}) != self.compress([text or "" for text in data or []])


def _checked(value: Mapping[str, Any]) -> TranslatedText:
    if not all(isinstance(text, str) for text in value.values()):
        raise ValidationError(_("A text is missing its language."))
    return TranslatedText(value)


def _short(code: str) -> str:
    return code.split("-")[0].lower()
