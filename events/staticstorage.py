"""Static files with hashed names.

Stock hashing rewrites `import` lines in JavaScript by pattern and fails on comments and cycles.
Ours hashes without touching the sources: the page's import map, made from the manifest, maps the
plain addresses to the hashed ones.
"""

from __future__ import annotations

import logging

from whitenoise.storage import CompressedManifestStaticFilesStorage

log = logging.getLogger("idlibmap.statics")


class HashedStatics(CompressedManifestStaticFilesStorage):
    """Hashed, compressed statics; import statements stay as written."""

    support_js_module_import_aggregation = False
    # A file that a stylesheet of a third party names and does not ship is no reason to stop.
    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The hashed name; the plain one, told in the log, where files were not collected.

        A page without its style can be read, an error cannot.
        """
        try:
            return str(super().stored_name(name))
        except ValueError:
            if not self.hashed_files:
                log.error("static files are not collected: run manage.py collectstatic")
            self.hashed_files[self.hash_key(self.clean_name(name))] = name
            return name
