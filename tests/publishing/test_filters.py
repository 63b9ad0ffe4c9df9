"""The filter grammar, as a table."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.http import QueryDict

from events.models import Claim, Event, Report
from events.publishing.filters import parse_filters
from events.vocabulary import ReviewStatus, SubEventType
from tests.factories import (
    make_actor,
    make_claim,
    make_event,
    make_participation,
    make_place,
    make_report,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    """A strike in Idlib, a clash in Saraqib said by one source, a truce somewhere in Homs."""
    governorate = make_place("Idlib Governorate", kind="governorate", slug="idlib-governorate")
    idlib = make_place("Idlib", 35.93, 36.63, parent=governorate, name_ar="إدلب")
    saraqib = make_place("Saraqib", 35.86, 36.80, parent=governorate)
    homs = make_place("Homs Governorate", 34.5, 38.3, kind="governorate", slug="homs-governorate")
    published = {"status": ReviewStatus.PUBLISHED}
    strike = make_event(place=idlib, uid="strike", start_date=dt.date(2020, 2, 1), **published)
    clash = make_event(
        place=saraqib,
        uid="clash",
        sub_event_type=SubEventType.ARMED_CLASH,
        start_date=dt.date(2020, 2, 10),
        end_date=dt.date(2020, 2, 14),
        **published,
    )
    truce = make_event(
        place=homs,
        uid="truce",
        sub_event_type=SubEventType.AGREEMENT,
        start_date=dt.date(2020, 3, 5),
        geo_precision=3,
        **published,
    )
    report = make_report("Shells fell on Saraqib all day.", source=make_source("Monitor"))
    make_claim(clash, report=report, quote="Shells fell on Saraqib")
    clash.participations.create(actor=make_actor("Syrian Army"))
    make_event(place=idlib, uid="draft", start_date=dt.date(2020, 2, 1))
    return strike, clash, truce


def found(query: str) -> set[str]:
    return set(
        parse_filters(QueryDict(query))
        .apply(Event.objects.published())
        .values_list("uid", flat=True)
    )


@pytest.mark.parametrize(
    ("query", "uids"),
    [
        ("", {"strike", "clash", "truce"}),
        ("from=2020-02-12", {"clash", "truce"}),
        ("to=2020-02-10", {"strike", "clash"}),
        ("from=2020-02-11&to=2020-02-12", {"clash"}),
        ("type=battles", {"clash"}),
        ("type=Battles", {"clash"}),
        ("type=battles&type=strategic", {"clash", "truce"}),
        ("type=battles,strategic", {"clash", "truce"}),
        ("sub_type=armed_clash", {"clash"}),
        ("sub_type=Air/drone strike", {"strike"}),
        ("actor=syrian-army", {"clash"}),
        ("source=monitor", {"clash"}),
        ("place=saraqib", {"clash"}),
        ("place=idlib-governorate", {"strike", "clash"}),
        ("bbox=36.7,35.8,36.9,35.9", {"clash"}),
        ("bbox=-180,-90,180,90", {"strike", "clash", "truce"}),
        ("precision=region", {"truce"}),
        ("precision=exact&precision=3", {"strike", "clash", "truce"}),
        ("q=shells", {"clash"}),
        ("q=إدلب", {"strike"}),
        ("q=nothing like this", set()),
        ("type=battles&place=idlib", set()),
    ],
)
def test_the_grammar_selects(three, query, uids):
    assert found(query) == uids


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("from=yesterday", "from"),
        ("from=2020-13-01", "from"),
        ("from=2020-03-01&to=2020-02-01", "from"),
        ("type=peace", "type"),
        ("sub_type=peace", "sub_type"),
        ("actor=nobody", "actor"),
        ("source=nobody", "source"),
        ("place=nowhere", "place"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=a,b,c,d", "bbox"),
        ("bbox=nan,0,1,1", "bbox"),
        ("bbox=0,10,10,0", "bbox"),
        ("precision=sharp", "precision"),
    ],
)
def test_an_unknown_value_is_reported_with_its_key(three, query, key):
    problems = parse_filters(QueryDict(query)).problems
    assert [p.key for p in problems] == [key]
    assert problems[0].hint


def test_a_private_source_is_no_filter_value(three):
    make_source("Secret desk", is_public=False)
    assert [p.key for p in parse_filters(QueryDict("source=secret-desk")).problems] == ["source"]


def test_words_of_a_private_report_find_nothing(three):
    hidden = make_report("The informant lives there.", source=make_source("Quiet", is_public=False))
    make_claim(three[0], report=hidden, quote="The informant lives there")
    assert found("q=informant") == set()


def test_a_coarsened_event_is_found_where_it_is_shown_and_not_where_it_is(three):
    strike = three[0]
    strike.coarsen_km = 20
    strike.save()
    strike.refresh_from_db()
    lat, lon = strike.public_latitude, strike.public_longitude
    assert (lat, lon) != (strike.latitude, strike.longitude)
    box = f"{lon - 0.001},{lat - 0.001},{lon + 0.001},{lat + 0.001}"
    assert "strike" in found(f"bbox={box}")
    exact = f"{strike.longitude - 0.001},{strike.latitude - 0.001}"
    exact += f",{strike.longitude + 0.001},{strike.latitude + 0.001}"
    assert "strike" not in found(f"bbox={exact}")
    assert [p.key for p in parse_filters(QueryDict("place=idlib")).problems] == ["place"]


@pytest.mark.parametrize("key", ["place", "actor"])
def test_a_name_of_no_published_event_is_as_unknown_as_one_that_is_not_there(three, key):
    hidden = make_event(place=make_place("Safe House"), status=ReviewStatus.CANDIDATE)
    make_participation(hidden, make_actor("Silent Witness"))
    held = {"place": "safe-house", "actor": "silent-witness"}[key]
    told = [parse_filters(QueryDict(f"{key}={slug}")).problems for slug in (held, "nothing-here")]
    assert [[(p.key, p.hint) for p in problems] for problems in told] == [
        [(key, f"no published event has this {key}")]
    ] * 2


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL indexes letters")
def test_words_are_found_by_an_index():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")
        if not cursor.fetchone()[0]:
            pytest.skip("needs PostgreSQL's extension pg_trgm")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    texts = {
        "claim_quote_letters": Claim.objects.filter(quote__icontains="Saraqib"),
        "report_title_letters": Report.objects.filter(title__icontains="Saraqib"),
        "event_summary_letters": Event.objects.filter(summary__icontains="Saraqib"),
    }
    for index, asked in texts.items():
        assert index in asked.order_by().explain(), index
