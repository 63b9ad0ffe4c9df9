"""The names of tables and columns in the reader's language.

The models name most of their columns by the attribute alone ("opened_by"). Here those names are
made lazy, so that forms, lists and histories look them up in the catalogue when they are printed.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override


def translate_names() -> None:
    """Let every name of the project's tables and columns be looked up when it is printed."""
    for model in apps.get_app_config("events").get_models():
        _translate_table(model)
        for column in model._meta.get_fields():
            if isinstance(column, models.Field) and not isinstance(column.verbose_name, Promise):
                column.verbose_name = gettext_lazy(column.verbose_name)


def _translate_table(model: type[models.Model]) -> None:
    options = model._meta
    with override(None):  # the plural is made of the singular: both are read in English first
        one, many = str(options.verbose_name), str(options.verbose_name_plural)
    options.verbose_name, options.verbose_name_plural = gettext_lazy(one), gettext_lazy(many)


def names() -> set[str]:
    """All the names, in English, that the catalogues have to hold."""
    found: set[Any] = set()
    with override(None):
        for model in apps.get_app_config("events").get_models():
            found |= {model._meta.verbose_name, model._meta.verbose_name_plural}
            columns = [c for c in model._meta.get_fields() if isinstance(c, models.Field)]
            found |= {column.verbose_name for column in columns}
        return {str(name) for name in found}
