"""The one form renderer: labels, hints, errors above and at the field, the first of them in focus."""

from __future__ import annotations

from django import forms
from django.test import SimpleTestCase
from django.utils import translation

from valtti.ui.forms import kind
from valtti.ui.tests.tiny import rendered


class AskForm(forms.Form):
    """A field of every kind."""

    what = forms.CharField(label="What we promise", help_text="The customer reads this.")
    due = forms.DateTimeField(label="By when", widget=forms.DateTimeInput(attrs={"class": "slim"}))
    place = forms.ChoiceField(label="Touchpoint", choices=[("home", "At home")])
    answer = forms.CharField(label="Answer", widget=forms.Textarea, required=False)
    turn = forms.ChoiceField(
        label="Next", widget=forms.RadioSelect, choices=[("us", "we promise"), ("them", "her turn")]
    )
    remind = forms.BooleanField(label="Remind me", required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("answer") == "no":
            raise forms.ValidationError("A promise needs a reason.")


GOOD = {"what": "The code", "due": "2026-11-20 12:00", "place": "home", "turn": "us"}


class FormTests(SimpleTestCase):
    def shown(self, form: forms.Form) -> str:
        with translation.override("en-gb"):
            return rendered("{{ form }}", form=form)

    def test_every_field_has_a_label_of_its_own(self) -> None:
        shown = self.shown(AskForm())

        for name, label in (("what", "What we promise"), ("place", "Touchpoint"), ("answer", "Answer")):
            self.assertIn(f'<label for="id_{name}">{label}</label>', shown)
        self.assertIn('<legend class="label">Next</legend>', shown)

    def test_controls_wear_the_house_s_class_and_keep_their_own(self) -> None:
        shown = self.shown(AskForm())

        self.assertIn('class="input slim"', shown)
        self.assertEqual(shown.count('class="input'), 4)

    def test_choices_are_discs_beside_their_words(self) -> None:
        shown = self.shown(AskForm())

        self.assertEqual(shown.count('<label class="choice"'), 3)
        self.assertIn('<label class="choice" for="id_turn_1"><input type="radio"', shown)

    def test_hidden_fields_have_no_label(self) -> None:
        self.assertIn('<input type="hidden" name="seen"', self.shown(AskForm()))

    def test_a_hint_is_read_out_with_its_field(self) -> None:
        shown = self.shown(AskForm())

        self.assertIn('aria-describedby="id_what_helptext"', shown)
        self.assertIn('<span class="hint" id="id_what_helptext">The customer reads this.</span>', shown)

    def test_a_new_form_complains_about_nothing(self) -> None:
        shown = self.shown(AskForm())

        self.assertNotIn('role="alert"', shown)
        self.assertNotIn("autofocus", shown)

    def test_errors_stand_above_and_lead_to_their_fields(self) -> None:
        shown = self.shown(AskForm({**GOOD, "due": "tomorrow"}))

        self.assertIn('role="alert"', shown)
        self.assertIn('<a class="link" href="#id_due">By when</a>: Enter a valid date/time.', shown)

    def test_an_error_stands_at_its_field_and_is_read_out_with_it(self) -> None:
        shown = self.shown(AskForm({**GOOD, "due": "tomorrow"}))

        self.assertIn('id="id_due_error"', shown)
        self.assertIn('aria-invalid="true" aria-describedby="id_due_error"', shown)

    def test_what_was_typed_comes_back(self) -> None:
        self.assertIn('value="tomorrow"', self.shown(AskForm({**GOOD, "due": "tomorrow"})))

    def test_only_the_first_wrong_field_takes_the_focus(self) -> None:
        shown = self.shown(AskForm({"turn": "us"}))

        self.assertEqual(shown.count("autofocus"), 1)
        self.assertLess(shown.index("autofocus"), shown.index('name="due"'))

    def test_an_error_of_the_whole_form_stands_above(self) -> None:
        self.assertIn("<li>A promise needs a reason.</li>", self.shown(AskForm({**GOOD, "answer": "no"})))

    def test_what_a_person_typed_is_escaped_in_errors(self) -> None:
        shown = self.shown(AskForm({**GOOD, "place": "<b>"}))

        self.assertNotIn("<b>&lt;b&gt;</b><b>", shown)
        self.assertIn("&lt;b&gt;", shown)

    def test_one_field_alone_and_with_another_label(self) -> None:
        shown = rendered('{% field form.what "Promise" %}', form=AskForm())

        self.assertIn('<label for="id_what">Promise</label>', shown)
        self.assertNotIn("By when", shown)

    def test_a_group_of_fields_is_rendered_alike_by_django_s_own_word(self) -> None:
        self.assertIn(
            '<label for="id_what">What we promise</label>', rendered("{{ f.what.as_field_group }}", f=AskForm())
        )

    def test_kinds(self) -> None:
        form = AskForm()

        kinds = [kind(form[name]) for name in ("what", "due", "place", "answer", "turn", "remind")]

        self.assertEqual(kinds, ["input", "input", "select", "text", "choices", "check"])
