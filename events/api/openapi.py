"""The API's own description: OpenAPI 3.0.3, with a schema for every answer."""

from __future__ import annotations

import json
from typing import Any

from events.api.errors import PROBLEM

VERSION = "3.0.3"
TEXT: dict[str, Any] = {"type": "string"}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def ref(name: str) -> dict[str, str]:
    """A reference to one of SCHEMAS."""
    return {"$ref": f"#/components/schemas/{name}"}


SCHEMAS: dict[str, Any] = {
    "Problem": _object(
        "type title status detail", type=TEXT, title=TEXT, status=COUNT, detail=TEXT
    ),
    "Link": _object("href rel type", href=TEXT, rel=TEXT, type=TEXT, title=TEXT),
    "Landing": _object("title links", title=TEXT, description=TEXT, links=_list(ref("Link"))),
    "Conformance": _object("conformsTo", conformsTo=_list(TEXT)),
    "Extent": _object(
        "spatial temporal",
        spatial=_object("bbox", bbox=_list(_list({"type": "number"})), crs=TEXT),
        temporal=_object("interval", interval=_list(_list({"type": "string", "nullable": True}))),
    ),
    "Collection": _object(
        "id links",
        id=TEXT,
        title=TEXT,
        description=TEXT,
        itemType=TEXT,
        crs=_list(TEXT),
        extent=ref("Extent"),
        links=_list(ref("Link")),
    ),
    "Collections": _object(
        "links collections", links=_list(ref("Link")), collections=_list(ref("Collection"))
    ),
    "Point": {
        **_object(
            "type coordinates",
            type={"type": "string", "enum": ["Point"]},
            coordinates={
                "type": "array",
                "minItems": 2,
                "maxItems": 2,
                "items": {"type": "number"},
            },
        ),
        "nullable": True,
    },
    "Feature": _object(
        "type id geometry properties",
        type={"type": "string", "enum": ["Feature"]},
        id=TEXT,
        geometry=ref("Point"),
        properties={"type": "object"},
        links=_list(ref("Link")),
    ),
    "FeatureCollection": _object(
        "type features numberMatched numberReturned timeStamp links",
        type={"type": "string", "enum": ["FeatureCollection"]},
        features=_list(ref("Feature")),
        numberMatched=COUNT,
        numberReturned=COUNT,
        timeStamp={"type": "string", "format": "date-time"},
        links=_list(ref("Link")),
    ),
    "Tile": _object(
        "count cells regions",
        count=COUNT,
        cells=_list(
            _object(
                "lat lon count types",
                lat={"type": "number"},
                lon={"type": "number"},
                count=COUNT,
                types={"type": "object", "additionalProperties": COUNT},
            )
        ),
        regions=_list(
            _object("place count", place={"type": "string", "nullable": True}, count=COUNT)
        ),
    ),
    "Tombstone": _object(
        "id retracted", id=TEXT, retracted={"type": "string", "format": "date-time"}, url=TEXT
    ),
    "Tombstones": _object(
        "tombstones links", tombstones=_list(ref("Tombstone")), links=_list(ref("Link"))
    ),
    "NewReport": _object(
        "text",
        text={"type": "string", "minLength": 1},
        title=TEXT,
        url=TEXT,
        published={"type": "string", "description": "ISO 8601 day or moment"},
        language={"type": "string", "enum": ["", "en", "ar", "ru", "tr"]},
        author=TEXT,
    ),
    "TakenIn": _object(
        "id created",
        id=TEXT,
        created={"type": "boolean"},
        duplicate_of={"type": "string", "nullable": True},
    ),
}


def answers(
    schema: str,
    media: str = "application/json",
    *,
    html: bool = True,
    missing: bool = False,
    parameters: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """What an operation may answer, for ninja's `openapi_extra`."""
    content: dict[str, Any] = {media: {"schema": ref(schema)}}
    if html:
        content["text/html"] = {"schema": TEXT}
    found: dict[Any, Any] = {200: {"description": "OK", "content": content}}
    found[304] = {"description": "Not changed"}
    found |= problems(400, *([404] if missing else []))
    return {"responses": found, "parameters": list(parameters or [])}


TITLES = {
    400: "Bad parameter",
    401: "No valid token",
    403: "Not allowed",
    404: "Not found",
    413: "Too large",
    422: "Not a report",
    429: "Too many requests",
    500: "Defect of the server",
}


def problems(*statuses: int) -> dict[int, Any]:
    """The errors that an operation may answer with, besides those that all may."""
    content = {PROBLEM: {"schema": ref("Problem")}}
    return {n: {"description": TITLES[n], "content": content} for n in (*statuses, 429, 500)}


def document(generated: dict[str, Any], server: str) -> dict[str, Any]:
    """Ninja's description (3.1) as OpenAPI 3.0.3, its addresses relative to `server`."""
    found = json.loads(json.dumps(generated))
    for operations in found["paths"].values():
        for operation in operations.values():
            operation["responses"] = {str(k): v for k, v in operation["responses"].items()}
    components = found.get("components", {})
    components["schemas"] = SCHEMAS
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    return {**found, "openapi": VERSION, "components": components, "servers": [{"url": server}]}
