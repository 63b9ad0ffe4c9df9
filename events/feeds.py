"""The Atom feed of published events, with GeoRSS points, behind the map's filters."""

from __future__ import annotations

from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from events.models import Event
from events.publishing.citing import LICENCE
from events.publishing.features import PublicEvent, public_events, sources_of
from events.publishing.filters import Filters, parse_filters
from events.publishing.remembering import keys_of
from events.publishing.tombstones import tombstones

NEWEST = 100
GEORSS, TOMBSTONES = "http://www.georss.org/georss", "http://purl.org/atompub/tombstones/1.0"


def guid(uid: str) -> str:
    """The name of an event that no move of the site changes."""
    return f"tag:idlibmap,2017:event/{uid}"


class GeoAtom(Atom1Feed):
    """Atom with a GeoRSS-Simple point in each entry."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:georss": GEORSS, "xmlns:at": TOMBSTONES}

    def add_root_elements(self, handler: Any) -> None:
        """What the feed is, and the ids of events that left it (RFC 6721)."""
        super().add_root_elements(handler)
        for stone in self.feed["tombstones"]:
            gone = {"ref": guid(stone["id"]), "when": stone["retracted"]}
            handler.startElement("at:deleted-entry", gone)
            handler.endElement("at:deleted-entry")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("georss:point", item["point"])


class EventFeed(Feed):
    """The newest published events that pass the filters of the address."""

    feed_type = GeoAtom
    title = "idlibmap"
    subtitle = _("Published events of the war in Idlib and north-west Syria")

    feed_copyright = LICENCE

    def feed_extra_kwargs(self, filters: Filters) -> dict[str, Any]:
        return {"tombstones": tombstones(most=NEWEST)}

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Filters:
        return parse_filters(request.GET)

    def link(self, filters: Filters) -> str:
        return reverse("map")

    def items(self, filters: Filters) -> list[PublicEvent]:
        newest = filters.apply(Event.objects.published()).order_by("-published_at", "-start_date")
        found = (
            Event.objects.filter(pk__in=keys_of(newest[:NEWEST]))
            .published()
            .order_by("-published_at", "-pk")
        )
        return list(public_events(found))

    def item_title(self, item: PublicEvent) -> str:
        return f"{item['sub_event_type']}, {item['place'] or '?'}, {item['start_date']}"

    def item_description(self, item: PublicEvent) -> str:
        quotes = [f"{c['source']}: {c['quote'].strip()}" for c in item["claims"]]
        # Atom's summary is HTML: what is text has to be written as such.
        return escape("\n\n".join(filter(None, [item["summary"], *quotes])))

    def item_link(self, item: PublicEvent) -> str:
        return reverse("event", args=[item["uid"]])

    def item_guid(self, item: PublicEvent) -> str:
        return guid(item["uid"])

    def item_updateddate(self, item: PublicEvent) -> Any:
        return parse_datetime(item["updated"])

    def item_pubdate(self, item: PublicEvent) -> Any:
        return parse_datetime(item["updated"])

    def item_categories(self, item: PublicEvent) -> list[str]:
        return [item["event_type"], item["sub_event_type"], *sources_of(item)]

    def item_extra_kwargs(self, item: PublicEvent) -> dict[str, str]:
        return {"point": f"{item['latitude']} {item['longitude']}"}
