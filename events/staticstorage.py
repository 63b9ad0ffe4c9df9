"""Static files with hashed names.

Stock hashing rewrites `import` lines in JavaScript by pattern and fails on comments and cycles.
Ours hashes without touching the sources: the page's import map, made from the manifest, maps the
plain addresses to the hashed ones.
"""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatics(CompressedManifestStaticFilesStorage):
    """Hashed, compressed statics; import statements stay as written."""

    support_js_module_import_aggregation = False
    # A file that a stylesheet of a third party names and does not ship is no reason to stop.
    manifest_strict = False
