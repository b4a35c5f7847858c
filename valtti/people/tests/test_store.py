"""The session store by itself: what Django asks of one, and what ours promises besides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from valtti.core import clock
from valtti.people.models import Session
from valtti.people.sessions import SessionStore
from valtti.people.testing import PeopleTestCase

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


class EncodingTests(SimpleTestCase):
    @given(st.dictionaries(st.text(max_size=12), VALUES, max_size=5))
    def test_what_was_put_in_comes_out(self, contents: dict[str, Any]) -> None:
        store = SessionStore()

        self.assertEqual(store.decode(store.encode(contents)), contents)

    @given(st.text(min_size=12, max_size=40))
    def test_it_cannot_be_read(self, secret: str) -> None:
        self.assertNotIn(secret, SessionStore().encode({"secret": secret}))

    @given(st.text(max_size=200))
    def test_anything_else_is_an_empty_visit(self, text: str) -> None:
        self.assertEqual(SessionStore().decode(text), {})

    def test_a_sign_changed_makes_it_unreadable(self) -> None:
        kept = SessionStore().encode({"a": 1})
        for place in (20, len(kept) // 2, len(kept) * 3 // 4):
            other = "A" if kept[place] != "A" else "B"
            self.assertEqual(SessionStore().decode(kept[:place] + other + kept[place + 1 :]), {})


class StoreTests(PeopleTestCase):
    def store(self, **contents: Any) -> SessionStore:
        store = SessionStore()
        store.update(contents)
        store.save()
        return store

    def again(self, store: SessionStore) -> SessionStore:
        """The same visit in the next request."""
        return SessionStore(store.session_key)

    def test_what_is_saved_is_there_in_the_next_request(self) -> None:
        store = self.store(step=1)

        self.assertEqual(self.again(store)["step"], 1)
        self.assertTrue(store.exists(store.session_key or ""))

    def test_an_unknown_key_is_an_empty_visit_with_no_key(self) -> None:
        store = SessionStore("a" * 32)

        self.assertEqual(dict(store.items()), {})
        self.assertIsNone(store.session_key)

    def test_a_flushed_visit_is_gone(self) -> None:
        store = self.store(step=1)
        key = store.session_key

        store.flush()

        self.assertFalse(SessionStore().exists(key or ""))
        self.assertEqual(dict(SessionStore(key).items()), {})

    def test_a_new_key_keeps_row_contents_and_beginning(self) -> None:
        store = self.store(step=1)
        row, key = Session.objects.get(), store.session_key

        with clock.at(clock.now() + timedelta(minutes=30)):
            store.cycle_key()
            store.save()

        after = Session.objects.get()
        self.assertEqual((after.pk, after.begun_at, after.expires_at), (row.pk, row.begun_at, row.expires_at))
        self.assertEqual(dict(SessionStore(key).items()), {})
        self.assertEqual(self.again(store)["step"], 1)

    def test_a_new_key_without_a_visit_begins_one(self) -> None:
        store = SessionStore()

        store.cycle_key()

        self.assertTrue(store.session_key)
        self.assertEqual(Session.objects.count(), 1)

    def test_saving_what_has_gone_is_refused(self) -> None:
        store = self.store(step=1)
        Session.objects.all().delete()

        with self.assertRaises(UpdateError):
            store.save()

    def test_saving_lengthens_no_life(self) -> None:
        store = self.store(step=1)
        before = Session.objects.get()

        with clock.at(clock.now() + timedelta(minutes=90)):
            later = self.again(store)
            later["step"] = 2
            later.save()

        after = Session.objects.get()
        self.assertEqual((before.idle_until, before.expires_at), (after.idle_until, after.expires_at))

    def test_only_a_person_lengthens_it(self) -> None:
        store = self.store(step=1)
        moment = clock.now() + timedelta(minutes=90)

        with clock.at(moment):
            later = self.again(store)
            later.get("step")
            later.see()

        self.assertEqual(Session.objects.get().idle_until, moment + timedelta(hours=2))

    def test_two_visits_have_two_keys(self) -> None:
        keys = {self.store().session_key for _ in range(20)}

        self.assertEqual(len(keys), 20)

    def test_a_long_browser_name_is_cut(self) -> None:
        store = self.store(browser="x" * 5000, address="y" * 500)

        row = Session.objects.get()
        self.assertEqual((len(row.browser), len(row.address)), (200, 64))
        self.assertTrue(self.again(store).session_key)

    def test_what_ran_out_is_swept_away(self) -> None:
        self.store()

        with clock.at(clock.now() + timedelta(days=3)):
            SessionStore.clear_expired()

        self.assertFalse(Session.objects.exists())
