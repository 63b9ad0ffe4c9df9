"""The desk: Django's admin, one file for each noun, and the pages that editors work on."""

from django.contrib import admin

from events.admin import (  # noqa: F401  (registers the nouns)
    accounts,
    actors,
    decisions,
    events,
    mentions,
    naming,
    places,
    reports,
    sources,
    stories,
    tokens,
    webhooks,
)

naming.translate_names()
admin.site.site_header = admin.site.site_title = "idlibmap"
admin.site.enable_nav_sidebar = False
