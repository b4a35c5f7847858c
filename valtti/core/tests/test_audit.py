"""The audit log: chained in commit order, altered by nobody unnoticed."""

from __future__ import annotations

from contextlib import suppress
from io import StringIO

from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory

from valtti.core import audit, audit_marks, audit_words
from valtti.core.models import AuditEntry, AuditSalt
from valtti.core.testing import CastTestCase


class Undo(Exception):
    """Roll back what the owner of the database did."""


class SealingTestCase(CastTestCase):
    """On PostgreSQL a row is sealed once its transaction is over, so the tests seal as if it were."""

    def seal(self) -> None:
        entries = AuditEntry.objects.filter(seq=None)
        if connection.vendor == "postgresql":
            entries.update(xid=1)
        audit.seal()

    def without_triggers(self, statement: str, *values: str | int) -> None:
        """As somebody with the rights of the database's owner could."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ALTER TABLE core_auditentry DISABLE TRIGGER core_audit_sealed")
            else:
                cursor.execute("DROP TRIGGER core_audit_sealed_update")
                cursor.execute("DROP TRIGGER core_audit_sealed_delete")
            cursor.execute(statement, values)


class ChainTests(SealingTestCase):
    def setUp(self) -> None:
        super().setUp()
        for number in range(5):
            audit.note(f"deed {number}", why="because", before={"a": 1}, after={"a": number})
        self.seal()

    def test_a_whole_chain_holds(self) -> None:
        verdict = audit.verify()

        self.assertIsNone(verdict.broken_at)
        self.assertEqual(verdict.last.seq, 5)

    def test_sealing_goes_on_where_it_ended(self) -> None:
        audit.note("one more")
        self.seal()

        entry = AuditEntry.objects.get(seq=6)
        self.assertEqual(entry.previous_hash, AuditEntry.objects.get(seq=5).own_hash)
        self.assertIsNone(audit.verify().broken_at)

    def test_a_sealed_entry_can_be_neither_changed_nor_deleted(self) -> None:
        for deed in (lambda rows: rows.update(why="other"), lambda rows: rows.delete()):
            with self.assertRaises(DatabaseError), transaction.atomic():
                deed(AuditEntry.objects.filter(seq=3))

    def test_an_altered_entry_is_found(self) -> None:
        altered: dict[str, str | int] = {"what": "nothing", "why": "another", "who": 99, "at": "2020-01-01 00:00"}
        for column, value in altered.items():
            with self.subTest(column), suppress(Undo), transaction.atomic():
                self.without_triggers(f"UPDATE core_auditentry SET {column} = %s WHERE seq = 3", value)  # noqa: S608
                self.assertEqual(audit.verify().broken_at, 3)
                raise Undo

    def test_a_removed_entry_is_found(self) -> None:
        self.without_triggers("DELETE FROM core_auditentry WHERE seq = 2")

        self.assertEqual(audit.verify().broken_at, 2)

    def test_a_chain_cut_off_at_its_end_is_found_by_an_anchor_kept_elsewhere(self) -> None:
        anchor = audit.anchor()
        self.without_triggers("DELETE FROM core_auditentry WHERE seq = 5")

        self.assertIsNone(audit.verify().broken_at)
        self.assertEqual(audit.verify([anchor]).broken_at, 5)

    def test_a_chain_written_anew_is_found_by_an_anchor_too(self) -> None:
        anchor = audit.anchor()
        self.without_triggers("DELETE FROM core_auditentry")
        for number in range(5):
            audit.note(f"nicer deed {number}")
        self.seal()

        self.assertIsNone(audit.verify().broken_at)
        self.assertEqual(audit.verify([anchor]).broken_at, 5)

    def test_the_daily_anchor_is_said_in_the_log(self) -> None:
        with self.assertLogs("valtti.audit", "INFO") as said:
            anchor = audit.anchor()

        self.assertIn(str(anchor), said.output[0])


class CommandTests(SealingTestCase):
    def verify(self, *words: str) -> str:
        out = StringIO()
        call_command("audit", "verify", *words, stdout=out)
        return out.getvalue()

    def test_a_whole_chain(self) -> None:
        audit.note("deed")
        self.seal()

        self.assertIn("holds up to 1:", self.verify())
        self.assertIn('"broken_at": null', self.verify("--format", "json"))

    def test_a_broken_chain_names_the_first_broken_link(self) -> None:
        audit.note("deed")
        self.seal()
        self.without_triggers("UPDATE core_auditentry SET what = 'another'")

        with self.assertRaisesMessage(CommandError, "Entry 1 was altered."):
            self.verify()

    def test_what_is_no_anchor_is_wrong_usage(self) -> None:
        with self.assertRaises(CommandError) as refused:
            self.verify("--anchor", "five")
        self.assertEqual(refused.exception.returncode, 2)


class MarksTests(SealingTestCase):
    """Somebody of the house has another address now; the row of an entry stands for the person."""

    def setUp(self) -> None:
        super().setUp()
        self.person = AuditEntry.objects.create(what="a person")
        self.kind = "core.auditentry"
        self.mark = audit_marks.marked("aino@kaiku.example", of=self.person)

    def read(self) -> dict[str, str]:
        return audit_marks.readings(self.kind, {self.person.pk: ["Aino", "", "aino@kaiku.example"]})

    def test_a_value_has_one_mark_and_nothing_stays_nothing(self) -> None:
        self.assertEqual(audit_marks.marked("aino@kaiku.example", of=self.person), self.mark)
        self.assertNotEqual(audit_marks.marked("outi@kaiku.example", of=self.person), self.mark)
        self.assertEqual(audit_marks.marked("", of=self.person), "")

    def test_the_mark_tells_nothing_and_is_another_for_another_person(self) -> None:
        other = AuditEntry.objects.create(what="another person")
        self.assertTrue(audit_marks.is_mark(self.mark))
        self.assertNotIn("aino", self.mark)
        self.assertNotEqual(audit_marks.marked("aino@kaiku.example", of=other), self.mark)

    def test_it_is_hmac_sha256_under_the_salt(self) -> None:
        """RFC 4231, test case 2: key "Jefe", data "what do ya want for nothing?"."""
        AuditSalt.objects.update(salt=b"Jefe".hex())
        self.assertEqual(
            audit_marks.marked("what do ya want for nothing?", of=self.person),
            "mark:5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        )

    def test_while_the_salt_lives_it_can_be_read(self) -> None:
        self.assertEqual(self.read()[self.mark], "aino@kaiku.example")
        self.assertEqual(audit_words.changed(None, {"x": self.mark}, self.read()), "x: aino@kaiku.example")

    def test_once_the_salt_is_destroyed_nobody_reads_it_and_the_chain_is_whole(self) -> None:
        audit.note("user.details", subject=self.person, after={"email": self.mark})
        self.seal()
        before = audit.verify()

        out = StringIO()
        call_command("audit", "forget", self.kind, str(self.person.pk), stdout=out)

        self.assertIn(f"of {self.kind} {self.person.pk} in the log any more", out.getvalue())
        self.assertEqual(self.read(), {})
        self.assertNotIn("aino", audit_words.changed(None, {"email": self.mark}, self.read()))
        self.assertEqual(audit.verify(), before)
        self.assertIsNone(before.broken_at)
        self.assertNotEqual(audit_marks.marked("aino@kaiku.example", of=self.person), self.mark)

    def test_of_whom_nothing_is_kept_nothing_is_forgotten(self) -> None:
        with self.assertRaisesMessage(CommandError, "keeps no names or addresses of people.user 5"):
            call_command("audit", "forget", "people.user", "5")


class NoteTests(CastTestCase):
    def test_it_says_who_from_where_and_within_which_request(self) -> None:
        request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
        subject = AuditEntry.objects.create(what="a row")

        entry = audit.note("row.seen", by=subject, subject=subject, request=request)

        self.assertEqual((entry.who, entry.subject_kind, entry.subject_id), (subject.pk, "core.auditentry", subject.pk))
        self.assertEqual(entry.address, "192.0.2.7")
