"""The public addresses."""

from django.urls import path, re_path

from events import views
from events.api import api, api_not_found
from events.feeds import EventFeed

urlpatterns = [
    path("", views.map_page, name="map"),
    path("embed/", views.embed, name="embed"),
    path("about/", views.about, name="about"),
    path("events/", views.event_list, name="events"),
    path("events/<str:uid>/", views.event_page, name="event"),
    path("stories/", views.story_list, name="stories"),
    path("stories/<str:slug>/", views.story_page, name="story"),
    path("snapshot/<path:name>", views.snapshot_file, name="snapshot"),
    path("code/map-<slug:digest>.<slug:kind>", views.code_file, name="code"),
    path("export/events.<str:kind>", views.export, name="export"),
    path("feed/", EventFeed(), name="feed"),
    path("export/retracted.csv", views.retracted, name="retracted"),
    path("api/", api.urls),
    re_path(r"^api/.*$", api_not_found),
    path("healthz", views.healthz, name="healthz"),
]
