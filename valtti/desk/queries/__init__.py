"""What the pages of the desk ask."""

from valtti.desk.queries.case_page import CasePage, case_page
from valtti.desk.queries.facts import check_cases
from valtti.desk.queries.filters import Filters
from valtti.desk.queries.groups import Group
from valtti.desk.queries.letter_parts import parts_of
from valtti.desk.queries.moved import differences
from valtti.desk.queries.my_day import MyDay, my_day
from valtti.desk.queries.promises import PromiseList, customers_words_since, evidence_for, promises_for
from valtti.desk.queries.queue import Queue, QueueRow, counts_for, next_case, queue_for, teams_of
from valtti.desk.queries.team_board import TeamBoard, team_board
from valtti.desk.queries.trays import PendingSender, PerhapsThanks, pending_for, perhaps_thanks_for

__all__ = [
    "CasePage",
    "Filters",
    "Group",
    "MyDay",
    "PendingSender",
    "PerhapsThanks",
    "PromiseList",
    "Queue",
    "QueueRow",
    "TeamBoard",
    "case_page",
    "check_cases",
    "counts_for",
    "customers_words_since",
    "differences",
    "evidence_for",
    "my_day",
    "next_case",
    "parts_of",
    "pending_for",
    "perhaps_thanks_for",
    "promises_for",
    "queue_for",
    "team_board",
    "teams_of",
]
