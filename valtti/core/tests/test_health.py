"""How the house is, for people, load balancers and Prometheus."""

from __future__ import annotations

from datetime import timedelta

from django.test import override_settings

from valtti.core import clock, health, heart, outbox
from valtti.core.health import Line
from valtti.core.models import AuditEntry, Heartbeat, SourcePause, Task
from valtti.core.testing import CastTestCase
from valtti.core.tests import jobs


class LookTests(CastTestCase):
    def test_a_house_without_trouble_is_well(self) -> None:
        self.assertTrue(health.look().is_well)

    def test_dead_and_late_tasks_are_seen(self) -> None:
        jobs.write.enqueue("a")
        jobs.write.enqueue("b")
        Task.objects.filter(pk=Task.objects.latest("pk").pk).update(dead_at=clock.now())

        with clock.at(clock.now() + timedelta(minutes=2)):
            state = health.look()

        self.assertEqual((state.dead, state.late, state.is_well), (1, 1, False))
        self.assertIsNotNone(state.oldest_due)

    def test_post_that_has_not_left_for_ten_minutes_is_seen(self) -> None:
        outbox.post(
            kind="answer",
            source="a@kaiku.example",
            to=["katja@posti.example"],
            language="fi",
            subject_line="s",
            body="b",
            subject=AuditEntry.objects.create(what="row"),
            key="k",
        )

        self.assertEqual(health.look().not_left, 0)
        with clock.at(clock.now() + timedelta(minutes=11)):
            self.assertEqual(health.look().not_left, 1)

    def test_a_paused_source_and_a_full_disk_ask_for_a_person(self) -> None:
        SourcePause.objects.create(source="a@kaiku.example", until=clock.now())
        self.assertFalse(health.look().is_well)

    def test_a_silent_process_is_none(self) -> None:
        heart.live("house.1.a", "web")
        self.assertEqual(len(health.look().processes), 1)

        Heartbeat.objects.update(beat_at=clock.now() - timedelta(minutes=5))

        self.assertEqual(health.look().processes, [])

    def test_rooms_say_their_own_lines(self) -> None:
        self.addCleanup(health._reports.remove, health.report(lambda: [Line("mail", "2 letters missing", False)]))

        self.assertIn(Line("mail", "2 letters missing", False), health.lines())


class MachineTests(CastTestCase):
    def test_alive_touches_nothing(self) -> None:
        with self.assertNumQueries(0):
            self.assertEqual(self.client.get("/health/live").status_code, 200)

    def test_ready_when_the_database_takes_writes_and_is_complete(self) -> None:
        self.assertEqual(self.client.get("/health/ready").status_code, 200)
        self.assertEqual(self.client.get("/health/ready").content, b"ready\n")

    def test_not_ready_while_a_migration_is_missing(self) -> None:
        before, health._complete = health._complete, False
        self.addCleanup(setattr, health, "_complete", before)

        self.assertFalse(health.is_ready(lambda: ["0002"]))
        self.assertTrue(health.is_ready(list))
        self.assertTrue(health.is_ready(self.never))

    def never(self) -> list[object]:
        raise AssertionError("once complete it stays so: nothing is asked again")

    def test_only_reading_is_answered(self) -> None:
        for path in ("/health/live", "/health/ready", "/metrics"):
            self.assertEqual(self.client.post(path).status_code, 405)


class NumberTests(CastTestCase):
    def test_this_machine_may_read_them_where_no_token_is_set(self) -> None:
        self.assertEqual(self.client.get("/metrics").status_code, 200)
        self.assertEqual(self.client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code, 404)
        self.assertEqual(self.client.get("/metrics", REMOTE_ADDR="").status_code, 404)

    def test_a_proxy_on_this_machine_does_not_make_the_world_local(self) -> None:
        for name in ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"):
            self.assertEqual(self.client.get("/metrics", headers={name: "192.0.2.7"}).status_code, 404, name)
            self.assertEqual(self.client.get("/metrics", headers={name: ""}).status_code, 404, name)

    @override_settings(METRICS_TOKEN="a-long-token")
    def test_with_a_token_only_the_token_counts(self) -> None:
        self.assertEqual(self.client.get("/metrics").status_code, 404)
        for wrong in ("Bearer other", "a-long-token-and-more", "Bearer a-long-toke", "Bearer ä"):
            self.assertEqual(self.client.get("/metrics", HTTP_AUTHORIZATION=wrong).status_code, 404, wrong)
        answer = self.client.get("/metrics", HTTP_AUTHORIZATION="Bearer a-long-token", REMOTE_ADDR="192.0.2.7")
        self.assertEqual(answer.status_code, 200)

    def test_they_hold_what_is_waiting_and_what_every_process_counted(self) -> None:
        jobs.write.enqueue("a")
        for name in ("house.1.a", "house.2.b"):
            heart.live(name, "web")
            Heartbeat.objects.filter(process=name).update(counters={"valtti_streams_total": 2})

        text = self.client.get("/metrics").content.decode()

        self.assertIn('valtti_tasks_waiting{queue="default"} 1\n', text)
        self.assertIn("valtti_streams_total 4\n", text)
        self.assertIn('valtti_processes{kind="web"} 2\n', text)
