"""The search index on SQLite: an FTS5 table over the entries, kept in step by triggers."""

from __future__ import annotations

from valtti.core.search_match import Anywhere, Beginning, Option, Parts, Wanted, Written

INSTALL = (
    """
    CREATE VIRTUAL TABLE core_search_fts USING fts5(
        exact, lemmas, grams, content='core_searchentry', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0"
    )
    """,
    """
    CREATE TRIGGER core_search_added AFTER INSERT ON core_searchentry BEGIN
        INSERT INTO core_search_fts(rowid, exact, lemmas, grams) VALUES (new.id, new.exact, new.lemmas, new.grams);
    END
    """,
    """
    CREATE TRIGGER core_search_removed AFTER DELETE ON core_searchentry BEGIN
        INSERT INTO core_search_fts(core_search_fts, rowid, exact, lemmas, grams)
        VALUES ('delete', old.id, old.exact, old.lemmas, old.grams);
    END
    """,
    """
    CREATE TRIGGER core_search_changed AFTER UPDATE OF exact, lemmas, grams ON core_searchentry BEGIN
        INSERT INTO core_search_fts(core_search_fts, rowid, exact, lemmas, grams)
        VALUES ('delete', old.id, old.exact, old.lemmas, old.grams);
        INSERT INTO core_search_fts(rowid, exact, lemmas, grams) VALUES (new.id, new.exact, new.lemmas, new.grams);
    END
    """,
)
REMOVE = (
    "DROP TRIGGER core_search_changed",
    "DROP TRIGGER core_search_removed",
    "DROP TRIGGER core_search_added",
    "DROP TABLE core_search_fts",
)


def condition(key: str, wanted: Wanted) -> tuple[str, list[str]]:
    """SQL that holds for entries with all that is wanted; `key` is the quoted column of their id."""
    sql = f"{key} IN (SELECT rowid FROM core_search_fts WHERE core_search_fts MATCH %s)"  # noqa: S608 - a column
    return sql, [" AND ".join(f"({' OR '.join(map(_option, either))})" for either in wanted)]


def _option(option: Option) -> str:
    """Tokens are letters and digits only: nothing in them can end a quotation."""
    match option:
        case Anywhere(token):
            return f'{{exact lemmas}} : "{token}"'
        case Written(tokens):
            return f'exact : "{" ".join(tokens)}"'
        case Beginning(stem):
            return f'exact : "{stem}" *'
        case Parts(grams):
            return "grams : (" + " AND ".join(f'"{gram}"' for gram in grams) + ")"
