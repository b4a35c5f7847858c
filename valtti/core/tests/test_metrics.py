"""Numbers: counted per process, added up, written as Prometheus reads them."""

from __future__ import annotations

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from valtti.core import metrics

counters = st.dictionaries(st.sampled_from(["a_total", "b_total", 'c_total{queue="post"}']), st.floats(0, 1e6))


class MetricsTests(SimpleTestCase):
    def setUp(self) -> None:
        super().setUp()
        before = dict(metrics._counts)
        metrics._counts.clear()
        self.addCleanup(metrics._counts.update, before)
        self.addCleanup(metrics._counts.clear)

    def test_counters_with_their_labels(self) -> None:
        metrics.count("valtti_tasks_run_total", queue="post", outcome="done")
        metrics.count("valtti_tasks_run_total", queue="post", outcome="done")

        self.assertEqual(metrics.counted(), {'valtti_tasks_run_total{outcome="done",queue="post"}': 2})

    def test_a_request_counts_for_its_route_and_for_every_edge_above_it(self) -> None:
        metrics.request_answered("desk:case", 404, 0.3)

        counted = metrics.counted()
        self.assertEqual(counted['valtti_requests_total{route="desk:case",status="4xx"}'], 1)
        within = {edge: counted.get(f'valtti_request_seconds_bucket{{le="{edge:g}"}}', 0) for edge in metrics.EDGES}
        self.assertEqual([edge for edge, many in within.items() if many], [0.5, 1.0, 2.0, 5.0])
        self.assertEqual(counted['valtti_request_seconds_bucket{le="+Inf"}'], 1)

    def test_the_text_as_prometheus_reads_it(self) -> None:
        text = metrics.text({'valtti_requests_total{route="a",status="2xx"}': 3}, {"valtti_tasks_dead": 2})

        self.assertEqual(
            text.splitlines(),
            [
                "# HELP valtti_requests_total Requests answered, by route and class of status.",
                "# TYPE valtti_requests_total counter",
                'valtti_requests_total{route="a",status="2xx"} 3',
                "# HELP valtti_tasks_dead Tasks given up.",
                "# TYPE valtti_tasks_dead gauge",
                "valtti_tasks_dead 2",
            ],
        )

    def test_a_label_cannot_break_out_of_its_quotes(self) -> None:
        self.assertEqual(metrics.named("a", {"b": 'x"} 1\nc'}), r'a{b="x\"} 1\nc"}')

    @given(st.lists(counters, max_size=4))
    def test_sums_of_sums_are_the_same_sums(self, several: list[dict[str, float]]) -> None:
        whole = metrics.added(several)
        halves = metrics.added([metrics.added(several[:2]), metrics.added(several[2:])])

        self.assertEqual(set(whole), set(halves))
        for key, value in whole.items():
            self.assertAlmostEqual(value, halves[key], places=3)
