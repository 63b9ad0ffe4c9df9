"""The chain over the history holds, and shows every kind of tampering."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from events.evidence.chain import START, head, row_digest, seal, verify
from events.evidence.guard import HistoryIsAppendOnly
from events.models import Event, HistoryLink, Report
from tests.factories import make_event, make_report, make_user

pytestmark = pytest.mark.django_db
HISTORY = Event.history.model
TABLE = HISTORY._meta.db_table


def make_history(lines: int = 3) -> Event:
    """An event with that many lines of history, sealed."""
    event = make_event(summary="as it was")
    for number in range(1, lines):
        event.summary = f"version {number}"
        event.save()
    seal()
    return event


def run_sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_every_line_of_history_gets_one_link_and_the_chain_holds():
    make_history(3)
    make_report()
    assert seal() > 0
    assert seal() == 0
    verdict = verify()
    assert verdict.holds
    assert verdict.links == HistoryLink.objects.count() > 3
    assert verdict.unsealed == 0
    assert verdict.head == head().link != START


def test_a_saved_row_is_sealed_when_its_transaction_ends(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        event = make_event()
        event.save()
    assert len(callbacks) == 1
    assert HistoryLink.objects.filter(table=TABLE).count() == 2


def test_a_changed_line_is_named():
    event = make_history(3)
    line = event.history.order_by("history_id")[1]
    run_sql(f"UPDATE {TABLE} SET summary = %s WHERE history_id = %s", "forged", line.history_id)  # noqa: S608
    [broken] = verify().broken
    assert f"{TABLE} {line.history_id}" in broken
    assert "changed" in broken


@pytest.mark.parametrize(
    ("column", "value"),
    [("summary", ""), ("fatalities_best", 0), ("status", "published"), ("history_type", "-"),
     ("history_user_id", 1), ("history_change_reason", "another"), ("latitude", 35.9300001)],
)  # fmt: skip
def test_no_column_can_be_changed_unseen(column, value):
    value = make_user().pk if column == "history_user_id" else value
    event = make_history(2)
    line = event.history.first()
    run_sql(f"UPDATE {TABLE} SET {column} = %s WHERE history_id = %s", value, line.history_id)  # noqa: S608
    assert not verify().holds


def test_a_deleted_line_is_named():
    event = make_history(3)
    line = event.history.order_by("history_id").first()
    run_sql(f"DELETE FROM {TABLE} WHERE history_id = %s", line.history_id)  # noqa: S608
    assert "gone" in verify().broken[0]


def test_a_link_taken_out_or_forged_breaks_the_chain():
    make_history(4)
    HistoryLink.objects.filter(number=2).delete()
    assert "gone" in verify().broken[0]


def test_a_chain_made_anew_does_not_have_the_noted_head():
    event = make_history(3)
    noted = head().link
    line = event.history.first()
    run_sql(f"UPDATE {TABLE} SET summary = %s WHERE history_id = %s", "forged", line.history_id)  # noqa: S608
    HistoryLink.objects.all().delete()
    seal(everything=True)
    assert verify().holds
    assert not verify([noted]).holds


def test_a_tail_cut_off_does_not_have_the_noted_head():
    make_history(3)
    noted = head().link
    HistoryLink.objects.filter(number=head().number).delete()
    assert verify().unsealed == 1
    assert not verify([noted]).holds


@pytest.mark.parametrize("with_digest", [False, True])
def test_a_changed_text_of_a_report_is_named(with_digest):
    from events.models.reports import digest_of

    report = make_report()
    values = {"text": "another text"}
    if with_digest:
        values["digest"] = digest_of("another text")
    Report.objects.filter(pk=report.pk).update(**values)
    assert verify().broken == [f"report {report.pk}: its text is not the one that came in"]


def test_the_program_itself_can_neither_change_nor_delete_a_line():
    event = make_history(2)
    line = event.history.first()
    line.summary = "forged"
    for forbidden in (line.save, line.delete, event.history.all().delete):
        with pytest.raises(HistoryIsAppendOnly), transaction.atomic():
            forbidden()


def test_a_column_added_later_changes_no_old_digest():
    assert row_digest({"a": 1, "b": None, "c": "", "d": [], "e": False}) == row_digest({"a": 1})
    assert row_digest({"a": 0}) != row_digest({})


def test_late_lines_are_sealed_by_a_look_at_everything():
    event = make_history(2)
    HistoryLink.objects.all().delete()
    assert seal(everything=True) >= 2
    assert event.history.count() == HistoryLink.objects.filter(table=TABLE).count()


def test_the_command_says_that_it_holds_or_fails():
    event = make_history(2)
    out, err = io.StringIO(), io.StringIO()
    call_command("verify_history", stdout=out, stderr=err)
    assert head().link in out.getvalue()
    Report.objects.filter(pk=make_report().pk).update(text="x")
    run_sql(f"DELETE FROM {TABLE} WHERE id = %s", event.pk)  # noqa: S608
    with pytest.raises(CommandError):
        call_command("verify_history", stdout=out, stderr=err)
    assert "BROKEN  link 1" in err.getvalue()


def copy_line(values: str) -> None:
    """Put a line of history in by SQL, as somebody with the database file does."""
    columns = [field.column for field in HISTORY._meta.fields if field.column != "history_id"]
    listed = ", ".join(f'"{name}"' for name in columns)
    chosen = listed.replace('"summary"', values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} ({listed}) SELECT {chosen} FROM {TABLE} LIMIT 1"  # noqa: S608
        )


def test_a_line_put_in_by_hand_is_named_and_not_sealed_by_looking(monkeypatch):
    monkeypatch.setattr("events.management.commands.verify_history.MOMENT", 0.0)
    make_history()
    copy_line("'forged'")
    links = HistoryLink.objects.count()
    for _time in range(2):
        told = io.StringIO()
        with pytest.raises(CommandError):
            call_command("verify_history", stdout=told, stderr=told)
        assert f"{TABLE} {HISTORY.objects.get(summary='forged').history_id}" in told.getvalue()
    assert HistoryLink.objects.count() == links
    call_command("verify_history", "--seal", stdout=io.StringIO())
    assert HistoryLink.objects.count() == links + 1


def test_a_line_moved_to_another_number_is_named():
    make_history()
    first, *_rest = HISTORY.objects.order_by("history_id").values_list("history_id", flat=True)
    HISTORY.objects.filter(history_id=first).update(history_id=10**6)
    assert "gone" in verify().broken[0]


def test_two_lines_that_changed_places_are_named():
    make_history()
    one, two = HISTORY.objects.order_by("history_id").values_list("history_id", flat=True)[:2]
    for old, new in ((one, 10**6), (two, one), (10**6, two)):
        HISTORY.objects.filter(history_id=old).update(history_id=new)
    assert "changed" in verify().broken[0]
