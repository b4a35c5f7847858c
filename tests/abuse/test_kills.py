"""kill -9 of any process: nothing lost, nothing doubled, back within five seconds, no orphan answers."""

from __future__ import annotations

import signal
import time

from django.test import SimpleTestCase

from tests.abuse.house import House, HouseTestCase, a_house
from valtti.project.serve.child import CALM_SECONDS

BACK_WITHIN = 5.0
ARGUMENTS = "CAST(arguments AS TEXT)"


class WorkerTests(HouseTestCase):
    def holder(self, what: str) -> int:
        """The process that holds a task, once it has begun."""
        query = (
            "SELECT worker FROM core_task WHERE CAST(arguments AS TEXT) LIKE ? AND worker <> '' AND finished_at IS NULL"
        )
        self.house.until(lambda: self.house.rows(query, [f"%{what}%"]), "somebody has taken the task")
        return int(self.house.rows(query, [f"%{what}%"])[0][0].split(".")[-2])

    def test_a_worker_killed_in_a_task_leaves_no_half_of_it_and_another_does_it_at_once(self) -> None:
        self.house.enqueue("write_then_sleep", "letter", 1.5)
        self.house.kill(self.holder("letter"))

        took = self.house.until(lambda: self.house.written("letter"), "the task is done by another")

        self.assertLess(took, BACK_WITHIN)
        time.sleep(2)
        self.assertEqual(self.house.written("letter"), 1)
        ended = (
            "SELECT attempt FROM core_task WHERE finished_at IS NOT NULL AND CAST(arguments AS TEXT) LIKE '%letter%'"
        )
        self.assertEqual(self.house.rows(ended), [(2,)])

    def test_a_worker_killed_outside_its_transaction_is_followed_by_another(self) -> None:
        self.house.enqueue("sleep_and_write", "call", 1.5, queue="mail")
        self.house.until(lambda: self.house.written("began call"), "the task has begun")
        self.house.kill(self.holder("call"))

        took = self.house.until(lambda: self.house.written("ended call"), "the task is done by another")

        self.assertLess(took, BACK_WITHIN + 1.5)
        self.assertEqual((self.house.written("began call"), self.house.written("ended call")), (2, 1))

    def test_two_workers_never_run_a_task_twice(self) -> None:
        for number in range(150):
            self.house.enqueue("write", f"job {number}")
        waiting = "SELECT 1 FROM core_task WHERE finished_at IS NULL AND CAST(arguments AS TEXT) LIKE '%job %'"

        self.house.until(lambda: not self.house.rows(waiting), "all are done", 40)

        each = "SELECT count(*) FROM core_auditentry WHERE what LIKE 'job %' GROUP BY what"
        self.assertEqual(self.house.rows(each), [(1,)] * 150)

    def test_a_resident_moves_to_the_other_worker(self) -> None:
        query = "SELECT holder FROM core_lease WHERE name = 'audit seal:' AND holder <> ''"
        self.house.until(lambda: self.house.rows(query), "the audit log has a sealer")
        first = self.house.rows(query)[0][0]
        self.house.kill(int(first.split(".")[-2]))

        took = self.house.until(lambda: self.house.rows(query) not in ([], [(first,)]), "another seals")

        self.assertLess(took, BACK_WITHIN)

    def test_a_turn_is_never_doubled_by_two_workers(self) -> None:
        self.house.until(lambda: self.house.rows("SELECT 1 FROM core_slot"), "a turn has come")

        doubled = "SELECT name, slot FROM core_slot GROUP BY name, slot HAVING count(*) > 1"
        self.assertEqual(self.house.rows(doubled), [])
        tasks = "SELECT count(*) - count(DISTINCT key) FROM core_task WHERE key LIKE 'turn:%'"
        self.assertEqual(self.house.rows(tasks), [(0,)])


class WebTests(HouseTestCase):
    def setUp(self) -> None:
        time.sleep(CALM_SECONDS)  # who dies soon after having come back waits longer each time

    def test_pages_are_back_after_every_web_process_was_killed(self) -> None:
        self.house.until(lambda: len(self.house.processes("web")) == 2, "both are there")
        before = self.house.processes("web")
        for process in before:
            self.house.kill(process)

        took = self.house.until(self.house.answers, "pages answer again")

        self.assertLess(took, BACK_WITHIN)
        self.house.until(lambda: len(self.house.processes("web")) == 2, "both are back")
        self.assertFalse(set(before) & set(self.house.processes("web")))

    def test_the_other_goes_on_answering(self) -> None:
        self.house.until(lambda: len(self.house.processes("web")) == 2, "both are there")
        self.house.kill(self.house.processes("web")[0])

        self.assertTrue(any(self.house.answers() for _ in range(3)))

    def test_killed_again_and_again_they_come_back_again_and_again(self) -> None:
        for _ in range(4):
            for process in self.house.processes("web"):
                self.house.kill(process)
            self.assertLess(self.house.until(self.house.answers, "pages answer again"), BACK_WITHIN)


class SupervisorTests(SimpleTestCase):
    def test_killed_it_leaves_no_orphans_and_a_new_one_can_begin(self) -> None:
        with a_house() as house:
            children = house.processes("web") + house.processes("worker")
            assert house.supervisor is not None
            house.kill(house.supervisor.pid)
            house.supervisor.wait()

            took = house.until(lambda: not any(map(lives, children)), "its children have left")
            self.assertLess(took, 1.0)
            self.assertFalse(house.answers())

            began = time.monotonic()
            house.start()
            self.assertLess(time.monotonic() - began, 10)

    def test_asked_to_stop_all_have_gone_within_five_seconds(self) -> None:
        with a_house() as house:
            children = house.processes("web") + house.processes("worker")
            line = house.connect()
            assert house.supervisor is not None
            began = time.monotonic()
            house.supervisor.send_signal(signal.SIGINT)

            self.assertEqual(house.supervisor.wait(10), 0)

            line.close()
            self.assertLess(time.monotonic() - began, 5.0)
            self.assertFalse(any(map(lives, children)))
            self.assertEqual(house.rows("SELECT count(*) FROM core_heartbeat WHERE process <> 'past'"), [(0,)])

    def test_a_second_one_is_refused(self) -> None:
        with a_house() as house:
            second = house.run("serve")

            self.assertEqual(second.returncode, 1)
            self.assertIn("works with", second.stderr)

    def test_a_port_of_somebody_else_is_refused(self) -> None:
        with a_house() as house:
            stranger = House()
            self.addCleanup(stranger.end)
            stranger.port = house.port

            refused = stranger.run("serve")

            self.assertEqual(refused.returncode, 1)
            self.assertIn("VALTTI_BIND", refused.stderr)


def lives(process: int) -> bool:
    """It is still there, and not only its name."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
