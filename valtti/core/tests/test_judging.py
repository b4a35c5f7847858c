"""What follows from one try: for every past and every answer, a next try in good time or an end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from valtti.core.outbox.judging import GIVE_UP_AFTER, LONGEST_PAUSE, LONGEST_WISH, Past, judge, pause_after
from valtti.core.outbox.results import Accepted, Delayed, Refused, Result, Uncertain

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
hours = st.floats(0, 100).map(lambda many: timedelta(hours=many))
results = st.one_of(
    st.builds(Accepted, st.text(max_size=5)),
    st.builds(Refused, st.just("full"), st.just("552")),
    st.builds(Uncertain, st.just("broke")),
    st.builds(Delayed, st.just("451"), st.none() | hours.map(lambda span: NOON + span - timedelta(hours=50))),
)
pasts = st.builds(
    Past,
    st.sampled_from(["queued", "delayed", "uncertain"]),
    hours.map(lambda span: NOON - span),
    st.integers(0, 60),
    st.integers(0, 2),
)


class JudgingTests(SimpleTestCase):
    def test_the_pauses_as_the_rule_names_them(self) -> None:
        minutes = [pause_after(delayed).total_seconds() / 60 for delayed in range(10)]
        self.assertEqual(minutes, [1, 2, 4, 8, 16, 32, 64, 128, 240, 240])

    @given(results, pasts, st.floats(-0.1, 0.1))
    def test_every_try_has_an_end_or_a_next_try_that_comes(self, result: Result, past: Past, jitter: float) -> None:
        verdict = judge(result, past, now=NOON, jitter=jitter)

        if verdict.again_at is None:
            self.assertIsNotNone(verdict.news)
            return
        self.assertIn(verdict.state, {"delayed", "uncertain"})
        self.assertGreaterEqual(verdict.again_at, NOON)
        self.assertLessEqual(verdict.again_at - NOON, max(LONGEST_PAUSE * 1.1, LONGEST_WISH))

    @given(st.integers(0, 60), st.floats(-0.1, 0.1))
    def test_there_is_always_a_last_try_at_72_hours(self, delayed: int, jitter: float) -> None:
        past = Past("delayed", NOON - GIVE_UP_AFTER + timedelta(minutes=1), delayed)

        self.assertEqual(judge(Delayed("451"), past, now=NOON, jitter=jitter).again_at, past.since + GIVE_UP_AFTER)
        self.assertEqual(judge(Delayed("451"), past, now=past.since + GIVE_UP_AFTER).state, "failed")
