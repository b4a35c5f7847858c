"""Whose word counts for the sender: one server's, on top, and nobody else's."""

from __future__ import annotations

from valtti.channels.email.schema import Trust
from valtti.channels.email.tests.testcase import ReaderTestCase, letter, read

ID = "mx.kirkaskoti.example"
OURS = f"Received: from mail.posti.example by {ID} with ESMTPS; Fri, 3 May 2024 10:23:00 +0300"
THEIRS = "Received: from laptop by mail.posti.example with ESMTPSA; Fri, 3 May 2024 10:22:59 +0300"


def trust(*headers: str, server: str | None = ID, text: str | None = None) -> Trust:
    body = text or letter("Hei")
    return read("\n".join([*headers, body]), trusted_authserv=server)["trust"]


class TrustTests(ReaderTestCase):
    def test_dmarc_pass_verifies(self) -> None:
        found = trust(
            f"Authentication-Results: {ID}; spf=pass smtp.mailfrom=posti.example; dkim=pass header.d=posti.example;"
            " dmarc=pass (p=reject) header.from=posti.example",
            OURS,
        )
        self.assertEqual(
            (found["result"], found["spf"], found["dkim"], found["dmarc"]), ("verified", "pass", "pass", "pass")
        )
        self.assertEqual((found["signed_by"], found["from_domain"]), ("posti.example", "posti.example"))

    def test_an_aligned_signature_verifies(self) -> None:
        for signer in ("posti.example", "mail.posti.example"):
            found = trust(f"Authentication-Results: {ID}; dkim=pass header.i=@{signer}", OURS)
            self.assertEqual((found["result"], found["signed_by"]), ("verified", signer))

    def test_a_foreign_signature_does_not(self) -> None:
        found = trust(f"Authentication-Results: {ID}; dkim=pass header.d=bulk.example; spf=pass", OURS)
        self.assertEqual((found["result"], found["signed_by"], found["dkim"]), ("unverified", None, "pass"))

    def test_of_two_signatures_the_aligned_one_counts(self) -> None:
        found = trust(
            f"Authentication-Results: {ID}; dkim=pass header.d=bulk.example; dkim=pass header.d=posti.example", OURS
        )
        self.assertEqual(found["signed_by"], "posti.example")

    def test_dmarc_fail_fails_whatever_else_passed(self) -> None:
        found = trust(
            f"Authentication-Results: {ID}; dkim=pass header.d=posti.example; dmarc=fail header.from=posti.example",
            OURS,
        )
        self.assertEqual(found["result"], "failed")

    def test_several_headers_of_our_server_are_one_block(self) -> None:
        found = trust(
            f"Authentication-Results: {ID}; spf=softfail",
            f"Authentication-Results: {ID}; dmarc=pass header.from=posti.example",
            OURS,
        )
        self.assertEqual((found["result"], found["spf"]), ("verified", "softfail"))

    def test_without_a_trusted_server_nothing_is_known(self) -> None:
        found = trust(f"Authentication-Results: {ID}; dmarc=pass header.from=posti.example", OURS, server=None)
        self.assertEqual((found["result"], found["dmarc"], found["authserv_id"]), ("unknown", None, None))

    def test_without_its_word_the_sender_is_unverified(self) -> None:
        self.assertEqual(trust(OURS)["result"], "unverified")


class ForgedTests(ReaderTestCase):
    FORGED = f"Authentication-Results: {ID}; dmarc=pass header.from=posti.example"

    def test_another_servers_word(self) -> None:
        for other in ("mx.evil.example", f"{ID}.evil.example", f"x{ID}"):
            self.assertEqual(
                trust(f"Authentication-Results: {other}; dmarc=pass header.from=posti.example", OURS)["result"],
                "unverified",
            )

    def test_below_the_first_foreign_hop(self) -> None:
        self.assertEqual(trust(OURS, THEIRS, self.FORGED)["result"], "unverified")

    def test_below_the_true_one(self) -> None:
        self.assertEqual(trust(f"Authentication-Results: {ID}; dmarc=fail", OURS, self.FORGED)["result"], "failed")

    def test_beside_the_true_one_the_first_word_stands(self) -> None:
        self.assertEqual(trust(f"Authentication-Results: {ID}; dmarc=fail", self.FORGED, OURS)["result"], "failed")

    def test_in_a_comment_or_in_quotes(self) -> None:
        found = trust(f"Authentication-Results: {ID}; dmarc=none (dmarc=pass; dkim=pass header.d=posti.example)", OURS)
        self.assertEqual((found["result"], found["dkim"]), ("unverified", None))

    def test_a_pass_for_another_domain(self) -> None:
        self.assertEqual(
            trust(f"Authentication-Results: {ID}; dmarc=pass header.from=evil.example", OURS)["result"], "unverified"
        )

    def test_two_writers_and_nobody_knows_which_was_meant(self) -> None:
        found = trust(self.FORGED, OURS, "From: Boss <boss@posti.example>")
        self.assertEqual(found["result"], "unverified")

    def test_shared_second_levels_are_no_organisation(self) -> None:
        text = letter("Hei").replace("posti.example>", "shop.co.uk>", 1)
        found = trust(f"Authentication-Results: {ID}; dkim=pass header.d=evil.co.uk", OURS, text=text)
        self.assertEqual(found["result"], "unverified")
