"""`valtti mail parse`: read letters from files and print what is in them. Touches no database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import IO

from valtti.channels.email.child import Parser
from valtti.channels.email.options import Options
from valtti.channels.email.parse.letter import unreadable
from valtti.channels.email.schema import Address, Letter
from valtti.core.caps import LETTER_BYTES

_FOLDED = 60


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="valtti mail parse", description="Read letters and print what is in them.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="a letter; - is the standard input")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="json: one object a line")
    parser.add_argument("--extract", metavar="DIR", type=Path, help="write the decoded parts into this folder")
    parser.add_argument("--as", dest="read_as", choices=["message", "text", "html"], default="message")
    parser.add_argument("--charset", metavar="NAME", help="charset of text that names none")
    parser.add_argument("--language", metavar="CODE", help="language to expect: fi, ru, sv, en, de, et")
    parser.add_argument("--trusted-authserv", metavar="ID", help="the server whose Authentication-Results count")
    return parser


def _options(chosen: argparse.Namespace) -> Options:
    return Options(
        read_as=chosen.read_as,
        charset=chosen.charset,
        language=chosen.language.lower()[:2] if chosen.language else None,
        trusted_authserv=chosen.trusted_authserv,
    )


def _bytes(name: str) -> bytes:
    """The file, or its beginning when it is far too large: a byte more than the cap is enough to know."""
    if name == "-":
        return sys.stdin.buffer.read(LETTER_BYTES + 1)
    with open(name, "rb") as file:
        return file.read(LETTER_BYTES + 1)


def run(argv: list[str], out: IO[str] | None = None, err: IO[str] | None = None) -> int:
    """Exit code: 0 every file parsed or limited, 1 a file could not be read, 2 wrong usage."""
    out, err = out or sys.stdout, err or sys.stderr
    try:
        chosen = _arguments().parse_args(argv)
    except SystemExit as asked:
        return int(asked.code or 0)
    try:
        if chosen.extract:
            chosen.extract.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        err.write(f"{chosen.extract}: {error.strerror}\n")
        return 2
    try:
        return _each(chosen, out, err)
    except BrokenPipeError:
        return 0


def _each(chosen: argparse.Namespace, out: IO[str], err: IO[str]) -> int:
    code = 0
    with Parser(options=_options(chosen)) as parser:
        for name in chosen.files:
            try:
                raw = _bytes(name)
            except (OSError, ValueError) as error:
                why = getattr(error, "strerror", None) or "not a file name"
                err.write(f"{name}: {why}\n")
                letter, code = unreadable(name, why), 1
            else:
                letter = parser.parse(raw, file=name, extract_to=chosen.extract)
            out.write(_line(letter) if chosen.format == "json" else _report(letter))
            out.flush()
    return code


def _line(letter: Letter) -> str:
    return json.dumps(letter, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8") + "\n"


def _person(one: Address) -> str:
    name = f"{one['name']} " if one["name"] else ""
    marks = ("" if one["valid"] else " (not an address)") + (" (shows another address)" if one["deceptive"] else "")
    return f"{name}<{one['address'] or ''}>{marks}"


def _people(found: list[Address]) -> str:
    return ", ".join(_person(one) for one in found)


def _rows(letter: Letter) -> list[tuple[str, str]]:
    headers, body, trust = letter["headers"], letter["body"], letter["trust"]
    automatic = "; ".join(
        f"{reason['rule']} ({reason['header']}: {reason['value'][:_FOLDED]})" for reason in letter["reasons"]
    )
    return [
        ("Outcome", ", ".join([letter["outcome"], *letter["limits"]["hit"]])),
        ("From", _people(headers["from"])),
        ("Author", _person(letter["author"]) if letter["author"] else "nobody"),
        ("Answer to", _people(letter["answer_to"])),
        ("To", _people(headers["to"])),
        ("Cc", _people(headers["cc"])),
        ("Subject", headers["subject"]),
        ("Date", (headers["date"]["iso"] or headers["date"]["raw"]) if headers["date"] else ""),
        ("Message id", headers["message_id"] + (" (made by us)" if headers["message_id_made"] else "")),
        ("Kind", f"{letter['kind']} {automatic}".strip()),
        ("Sender", trust["result"] + (f", signed by {trust['signed_by']}" if trust["signed_by"] else "")),
        ("Charset", f"{body['charset']} ({body['charset_by']})" if body["charset"] else ""),
        ("Language", body["language"] or ""),
    ]


def _report(letter: Letter) -> str:
    """The object for people: what counts, what is shown, what is folded and why."""
    lines = [f"== {letter['file']}"]
    if letter["outcome"] == "unreadable":
        return f"{lines[0]}\nCould not be read.\n\n"
    lines += [f"{name + ':':<12} {value}" for name, value in _rows(letter) if value]
    lines += [f"{'Problem:':<12} {one['code']} {one['where']} {one['detail']}".rstrip() for one in letter["problems"]]
    lines += [
        f"{'File:':<12} {one['name'] or one['safe_name']} ({one['media_type']}, {one['size']} bytes)"
        for one in letter["attachments"]
    ]
    lines += [f"{'Report:':<12} {line}" for line in _outcomes(letter)]
    lines += ["", letter["reply"]["visible"], ""]
    lines += [
        f"[{one['kind']}, {one['rule']}: {_first_line(letter, one['start'])}]" for one in letter["reply"]["hidden"]
    ]
    return "\n".join(lines).encode("utf-8", "replace").decode("utf-8") + "\n\n"


def _outcomes(letter: Letter) -> list[str]:
    report = letter["report"]
    if report is None:
        return []
    found = [
        f"{report['kind']}: {one['final']} {one['class']} ({one['lasting']}) {one['status'] or ''}".rstrip()
        for one in report["recipients"]
    ]
    return found or [report["kind"]]


def _first_line(letter: Letter, start: int) -> str:
    words = letter["body"]["text"][start : start + 400].strip().splitlines()
    return words[0][:_FOLDED] if words else ""


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
