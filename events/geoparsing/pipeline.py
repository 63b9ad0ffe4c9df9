"""The whole reading of a report: the only file that knows the order of the steps."""

from __future__ import annotations

import datetime as dt

from events.geoparsing.actors import ActorIndex, tag_actors
from events.geoparsing.coding import code_events
from events.geoparsing.document import Document
from events.geoparsing.gazetteer import Gazetteer
from events.geoparsing.language import detect_language
from events.geoparsing.lexicon import LANGUAGES, load_lexicon
from events.geoparsing.recognition import recognise
from events.geoparsing.resolution import resolve
from events.geoparsing.segmentation import segment
from events.geoparsing.timex import tag

VERSION = "1"


class Geoparser:
    """Reads reports against one gazetteer and one dictionary of actors."""

    def __init__(self, gazetteer: Gazetteer, actors: ActorIndex) -> None:
        self.gazetteer = gazetteer
        self.actors = actors

    def parse(self, text: str, dct: dt.date | None = None, language: str | None = None) -> Document:
        """The Document read from `text`.

        `dct` is the document creation time; without it a dateline may give one. `language` is one
        of LANGUAGES; anything else is detected. Never raises on any text.
        """
        code = language if language in LANGUAGES else detect_language(text)
        lexicon = load_lexicon(code)
        doc = segment(Document(text=text, dct=dct, language=code), lexicon)
        doc = resolve(recognise(doc, self.gazetteer, lexicon), self.gazetteer, lexicon)
        doc = tag(doc, lexicon)
        doc = tag_actors(doc, self.actors, lexicon)
        return code_events(doc, lexicon)
