"""Places and actors as tables, each with its spellings in one column: "en:Saraqeb|ar:سراقب"."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import fields, widgets

from events import tasks
from events.admin.tables import TableOptions, TableResource
from events.models import Actor, ActorName, Place, PlaceName
from events.vocabulary import NameOrigin

LONGEST_NAME, LONGEST_LANGUAGE, MOST_NAMES = 200, 8, 200


def read_names(text: str) -> list[tuple[str, str]]:
    """(language, spelling) of "en:Saraqeb|ar:سراقب"; raises ValidationError for what is neither."""
    found = []
    for part in filter(None, (part.strip() for part in str(text or "").split("|"))):
        language, colon, name = (piece.strip() for piece in part.partition(":"))
        if not (colon and name and language) or len(language) > LONGEST_LANGUAGE:
            raise ValidationError(_("“%s” is no spelling; write en:Saraqeb") % part[:60])
        if len(name) > LONGEST_NAME:
            raise ValidationError(_("The spelling “%s…” is too long.") % name[:40])
        found.append((language, name))
    if len(found) > MOST_NAMES:
        raise ValidationError(_("These are too many spellings."))
    return found


def names_text(row: Any) -> str:
    """The spellings of a stored row, as they are read back."""
    if row.pk is None:
        return ""
    return "|".join(f"{name.language}:{name.text}" for name in row.names.all())


class SpeltResource(TableResource):
    """A resource with a column of spellings; those of a row are added, none is taken away."""

    names = fields.Field(column_name="names", readonly=True)
    parent: fields.Field

    def dehydrate_names(self, row: Any) -> str:
        return names_text(row)

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        read_names(row.get("names") or "")

    def skip_row(self, instance: Any, original: Any, row: Any, errors: Any = None) -> bool:
        return not self._missing(instance, row) and super().skip_row(
            instance, original, row, errors
        )

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        for language, text in self._missing(instance, row):
            self.add_name(instance, language, text, kwargs.get("user"))

    def _missing(self, instance: Any, row: Any) -> list[tuple[str, str]]:
        held = set(instance.names.values_list("language", "text")) if instance.pk else set()
        return [pair for pair in dict.fromkeys(read_names(row.get("names"))) if pair not in held]

    def add_name(self, instance: Any, language: str, text: str, by: Any) -> None:
        raise NotImplementedError


class PlaceResource(SpeltResource):
    """The gazetteer by slug. What comes in counts as corrected by an editor."""

    parent = fields.Field("parent", "parent", widgets.ForeignKeyWidget(Place, field="slug"))

    class Meta(TableOptions):
        model = Place
        import_id_fields = ("slug",)
        fields = (
            *("slug", "name", "name_ar", "kind", "parent", "country", "latitude", "longitude"),
            *("radius_km", "importance", "valid_from", "valid_to", "reference", "note", "names"),
        )
        export_order = fields

    def before_save_instance(self, instance: Place, row: Any, **kwargs: Any) -> None:
        super().before_save_instance(instance, row, **kwargs)
        instance.edited = True

    def add_name(self, instance: Place, language: str, text: str, by: Any) -> None:
        name = PlaceName(
            place=instance, language=language, text=text, origin=NameOrigin.EDITOR, learned_by=by
        )
        name._history_user = by
        name.save()

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """Reports are read again for names they did not know, and the map is published anew."""
        super().after_import(dataset, result, **kwargs)
        if self._is_dry_run(kwargs) or result.has_errors():
            return
        touched = [row.object_id for row in result.rows if row.is_new() or row.is_update()]
        names = PlaceName.objects.filter(place__in=touched, origin=NameOrigin.EDITOR)
        tasks.read_again_after_commit(list(names.values_list("pk", flat=True)))
        tasks.republish_after_commit()


class ActorResource(SpeltResource):
    """The dictionary of actors by slug."""

    parent = fields.Field("parent", "parent", widgets.ForeignKeyWidget(Actor, field="slug"))

    class Meta(TableOptions):
        model = Actor
        import_id_fields = ("slug",)
        fields = ("slug", "name", "name_ar", "kind", "parent", "country", "is_generic", "note")
        fields += ("names",)
        export_order = fields

    def add_name(self, instance: Actor, language: str, text: str, by: Any) -> None:
        ActorName.objects.create(actor=instance, language=language, text=text)

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """Public cards name the actors."""
        super().after_import(dataset, result, **kwargs)
        if not self._is_dry_run(kwargs) and not result.has_errors():
            tasks.republish_after_commit()
