"""The search index on PostgreSQL: one generated column of words, by weight, under a GIN index."""

from __future__ import annotations

from valtti.core.search_match import Anywhere, Beginning, Option, Parts, Wanted, Written

INSTALL = (
    """
    ALTER TABLE core_searchentry ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', exact), 'A')
        || setweight(to_tsvector('simple', lemmas), 'B')
        || strip(to_tsvector('simple', grams))
    ) STORED
    """,
    "CREATE INDEX core_search_words ON core_searchentry USING gin (words)",
)
REMOVE = ("ALTER TABLE core_searchentry DROP COLUMN words",)


def condition(table: str, wanted: Wanted) -> tuple[str, list[str]]:
    """SQL that holds for entries with all that is wanted; `table` is their quoted name in the query."""
    query = " & ".join(f"({' | '.join(map(_option, either))})" for either in wanted)
    return f"{table}.words @@ %s::tsquery", [query]


def _option(option: Option) -> str:
    """Tokens are letters and digits only: nothing in them can end a quotation."""
    match option:
        case Anywhere(token):
            return f"'{token}':AB"
        case Written(tokens):
            return "(" + " <-> ".join(f"'{token}':A" for token in tokens) + ")"
        case Beginning(stem):
            return f"'{stem}':*A"
        case Parts(grams):
            return "(" + " & ".join(f"'{gram}'" for gram in grams) + ")"
