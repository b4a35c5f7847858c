from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test import SimpleTestCase, override_settings
from django.utils import translation

from valtti.core.texts import TranslatedText, TranslatedTextField, TranslatedTextFormField

DELIVERY = TranslatedText(fi="Toimitus", ru="Доставка")


@override_settings(LANGUAGE_CODE="fi")
class ShowingTests(SimpleTestCase):
    def test_own_then_the_houses_then_any(self) -> None:
        for language, text, shown in [
            ("ru", DELIVERY, ("Доставка", "ru")),
            ("en-gb", DELIVERY, ("Toimitus", "fi")),
            ("fi", TranslatedText(ru="Доставка"), ("Доставка", "ru")),
            ("fi", TranslatedText(fi="", en="Delivery"), ("Delivery", "en")),
            ("fi", TranslatedText(sv="Leverans"), ("Leverans", "sv")),
            ("fi", TranslatedText(), ("", "fi")),
        ]:
            with self.subTest(language=language, text=text):
                self.assertEqual(text.shown(language), shown)

    def test_on_a_page_it_is_in_the_pages_language(self) -> None:
        with translation.override("ru"):
            self.assertEqual(f"{DELIVERY}", "Доставка")
        with translation.override("en-gb"):
            self.assertEqual(str(DELIVERY), "Toimitus")
        with translation.override(None):
            self.assertEqual(str(DELIVERY), "Toimitus")

    def test_empty_in_all_languages_is_no_text(self) -> None:
        self.assertFalse(TranslatedText(fi="", ru=""))
        self.assertTrue(DELIVERY)


class Shelf(models.Model):
    """A row with such a text; it lives in this test only."""

    title = TranslatedTextField()

    class Meta:
        app_label = "core_texts_test"


class StoringTests(SimpleTestCase):
    def test_a_row_takes_a_plain_mapping_and_gives_a_translated_text(self) -> None:
        field = Shelf._meta.get_field("title")
        assert isinstance(field, TranslatedTextField)
        read = field.from_db_value('{"fi": "Hylly"}', None, connection)
        self.assertIsInstance(read, TranslatedText)
        self.assertEqual(Shelf(title={"fi": "Hylly"}).title, {"fi": "Hylly"})
        self.assertIsInstance(Shelf().title, TranslatedText)

    def test_what_is_no_text_is_refused(self) -> None:
        field = Shelf._meta.get_field("title")
        with self.assertRaises(ValidationError):
            field.get_prep_value({"fi": 5})


class TitleForm(forms.Form):
    title = TranslatedTextFormField(max_length=20)


class TypingTests(SimpleTestCase):
    def test_three_inputs_each_naming_its_language(self) -> None:
        with translation.override("en-gb"):
            html = str(TitleForm(initial={"title": DELIVERY})["title"])
        for part in ('lang="fi"', 'lang="ru"', 'lang="en"', 'value="Доставка"', 'aria-label="Finnish"'):
            self.assertIn(part, html)

    def test_one_language_is_enough(self) -> None:
        form = TitleForm({"title_fi": "Toimitus", "title_ru": " ", "title_en": ""})
        self.assertTrue(form.is_valid(), form.errors)
        self.assertEqual(form.cleaned_data["title"], {"fi": "Toimitus"})

    def test_none_at_all_is_refused_and_so_is_too_long(self) -> None:
        self.assertFalse(TitleForm({}).is_valid())
        self.assertFalse(TitleForm({"title_fi": "x" * 21}).is_valid())

    def test_an_unchanged_text_is_not_a_change(self) -> None:
        typed = {"title_fi": "Toimitus", "title_ru": "Доставка", "title_en": ""}
        self.assertFalse(TitleForm(typed, initial={"title": DELIVERY}).has_changed())
        self.assertTrue(TitleForm(typed | {"title_en": "Delivery"}, initial={"title": DELIVERY}).has_changed())

    def test_a_model_form_offers_the_same_inputs(self) -> None:
        self.assertIsInstance(Shelf._meta.get_field("title").formfield(), TranslatedTextFormField)
