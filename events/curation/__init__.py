"""The desk: what editors decide. Every function is one transaction and gives back its Decision.

After a decision whose `touches_public` is true the snapshot has to be published anew; the floor
above does that, since the desk knows nothing of publishing.
"""

from events.curation.adding import add_event, answer_harm, hold
from events.curation.errors import Conflict, FieldConflict, Invalid, NotAllowed, Refused
from events.curation.mentions import (
    is_new_spelling,
    learn_name,
    learned_in,
    mark_unidentifiable,
    reassign,
    same_spelling,
    verify,
)
from events.curation.merging import keep_apart, kept_apart, merge, merges_of, unmerge
from events.curation.points import drop_point
from events.curation.publish import (
    Check,
    ChecklistOpen,
    Finishing,
    asks_for_harm,
    events_of,
    figures_text,
    finish,
    is_statement,
    open_checks,
    publication_checklist,
    publish,
    retract,
)
from events.curation.recording import joined
from events.curation.review import (
    ask_for_help,
    confirm,
    correct,
    correct_claim,
    reject,
    reopen,
    set_participants,
    split,
)
from events.curation.suggestions import (
    Reason,
    Suggestion,
    compare,
    similarity,
    sketch_of,
    suggest,
    suggest_for,
)
from events.curation.undoing import last_decision, undo

__all__ = [
    "Check",
    "ChecklistOpen",
    "Conflict",
    "FieldConflict",
    "Finishing",
    "Invalid",
    "NotAllowed",
    "Reason",
    "Refused",
    "Suggestion",
    "add_event",
    "answer_harm",
    "ask_for_help",
    "asks_for_harm",
    "compare",
    "confirm",
    "correct",
    "correct_claim",
    "drop_point",
    "events_of",
    "figures_text",
    "finish",
    "hold",
    "is_new_spelling",
    "is_statement",
    "joined",
    "keep_apart",
    "kept_apart",
    "last_decision",
    "learn_name",
    "learned_in",
    "mark_unidentifiable",
    "merge",
    "merges_of",
    "open_checks",
    "publication_checklist",
    "publish",
    "reassign",
    "reject",
    "reopen",
    "retract",
    "same_spelling",
    "set_participants",
    "similarity",
    "sketch_of",
    "split",
    "suggest",
    "suggest_for",
    "undo",
    "unmerge",
    "verify",
]
