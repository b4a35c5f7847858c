"""Every cap on what may come in, in one table (pure). docs/caps.md is written from it."""

from __future__ import annotations

from dataclasses import dataclass

KB, MB = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cap:
    """One upper bound: what is beyond it is refused, cut or kept unread, never half taken."""

    name: str
    value: int
    unit: str
    meaning: str


CAPS: dict[str, Cap] = {}


def _cap(name: str, value: int, unit: str, meaning: str) -> int:
    assert name not in CAPS, f"two caps named {name}"
    CAPS[name] = Cap(name, value, unit, meaning)
    return value


BODY_BYTES = _cap("body_bytes", 30 * MB, "bytes", "A request's body; beyond it 413, unread.")
PAGE_ROWS = _cap("page_rows", 50, "rows", "Rows of a list on one page.")
EXPORT_ROWS = _cap("export_rows", 200_000, "rows", "Rows of one export.")

LETTER_BYTES = _cap("letter_bytes", 25 * MB, "bytes", "A letter; a larger one stays at its server, a case says so.")
LETTER_HEADER_BYTES = _cap("letter_header_bytes", 64 * KB, "bytes", "A letter's header block.")
LETTER_FIELD_BYTES = _cap("letter_field_bytes", 8 * KB, "bytes", "One header given to a structured parser.")
LETTER_PARTS = _cap("letter_parts", 500, "parts", "Parts of a letter.")
LETTER_DEPTH = _cap("letter_depth", 50, "levels", "Parts inside parts of a letter.")
LETTER_ADDRESSES = _cap("letter_addresses", 1_000, "addresses", "Addresses in one header.")
LETTER_REFERENCES = _cap("letter_references", 1_000, "ids", "Message ids in References.")
LETTER_HTML_BYTES = _cap("letter_html_bytes", 1 * MB, "bytes", "HTML of a letter that is cleaned and shown.")
LETTER_HTML_TAGS = _cap("letter_html_tags", 20_000, "signs <", "Tags in the HTML of a letter.")
LETTER_TEXT_BYTES = _cap("letter_text_bytes", 2 * MB, "bytes", "Text of a letter that is shown; the rest stays in it.")
LETTER_ANSWER_BYTES = _cap("letter_answer_bytes", 8 * MB, "bytes", "What the reader of letters may say of one.")
LETTER_PICTURES_BYTES = _cap("letter_pictures_bytes", 2 * MB, "bytes", "A letter's own pictures shown inside it.")
LETTER_CPU_SECONDS = _cap("letter_cpu_seconds", 10, "s", "Computing time to read one letter.")
LETTER_WALL_SECONDS = _cap("letter_wall_seconds", 20, "s", "Time to read one letter.")
LETTER_MEMORY_BYTES = _cap("letter_memory_bytes", 512 * MB, "bytes", "Memory of the process that reads letters.")

FILE_BYTES = _cap("file_bytes", 25 * MB, "bytes", "One attached file.")
FILES_PER_MESSAGE = _cap("files_per_message", 100, "files", "Files attached to one message.")
FILE_NAME_LENGTH = _cap("file_name_length", 180, "signs", "A file's name as it is offered for download.")
ARCHIVE_BYTES = _cap("archive_bytes", 200 * MB, "bytes", "An archive, unpacked.")
ARCHIVE_RATIO = _cap("archive_ratio", 100, "times", "An archive, unpacked, against its size.")
PICTURE_PIXELS = _cap("picture_pixels", 40_000_000, "pixels", "A picture that is made smaller for showing.")

FETCH_SECONDS = _cap("fetch_seconds", 10, "s", "An outgoing request, from name to last byte.")
FETCH_BYTES = _cap("fetch_bytes", 1 * MB, "bytes", "An answer to an outgoing request.")
FETCH_PICTURE_BYTES = _cap("fetch_picture_bytes", 10 * MB, "bytes", "A remote picture of a letter.")
FETCH_REDIRECTS = _cap("fetch_redirects", 3, "redirects", "Redirects followed where a caller asks for them.")
FETCH_ADDRESS_LENGTH = _cap("fetch_address_length", 2_000, "signs", "A web address typed by somebody.")

SUBJECT_LENGTH = _cap("subject_length", 300, "signs", "The subject of a message, the title of a case.")
MESSAGE_LENGTH = _cap("message_length", 200_000, "signs", "The text of one message.")
NAME_LENGTH = _cap("name_length", 200, "signs", "A name of a person, organisation or team.")
SEARCH_LENGTH = _cap("search_length", 400, "signs", "A search as it is typed; the rest is not read.")
SEARCH_TERMS = _cap("search_terms", 24, "words", "Words and operators of one search; the rest is not read.")
SEARCH_TEXT_LENGTH = _cap("search_text_length", 100_000, "signs", "Text of one row that search can find.")
SEARCH_COUNT = _cap("search_count", 1_000, "hits", 'Hits that are counted; beyond it a search says "more than".')
SECRET_LENGTH = _cap("secret_length", 200, "signs", "A token in an address; a longer one is not looked up.")
