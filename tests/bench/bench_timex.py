"""How long segmentation and the time-expression engine take: `python -m tests.bench.bench_timex`.

Prints milliseconds a report of 2.7 kB for each language, and megabytes a second on one long text.
"""

from __future__ import annotations

import datetime as dt
import time

from events.geoparsing.document import Document
from events.geoparsing.lexicon import load_lexicon
from events.geoparsing.segmentation import segment
from events.geoparsing.timex import tag

REPORT_SIZE = 2700
ROUNDS = 60
PUBLISHED = dt.date(2020, 6, 27)
SAMPLES = {
    "en": "Shells fell on the town on Friday, killing four people, a day after the truce signed in "
    "March broke down. Residents said that the clashes had begun in mid-June and lasted ten days. "
    "The road was empty, people said, and those who could leave had left for the northern camps. "
    "Rescue men looked for a family under the ruins of a house that two shells had brought down. ",
    "ar": "سقطت قذائف على البلدة يوم الجمعة الماضي وقتل أربعة مدنيين بعد يومين من انهيار الهدنة "
    "التي وقعت في آذار. وقال سكان إن الاشتباكات بدأت في منتصف حزيران واستمرت عشرة أيام. ",
    "ru": "В пятницу город обстреляли, погибли четыре человека, через день после срыва перемирия, "
    "подписанного в марте. Жители говорят, что бои начались в середине июня и шли десять дней. ",
    "tr": "Cuma günü kasabaya top mermileri düştü, dört kişi öldü; Mart ayında imzalanan ateşkes "
    "iki gün önce bozulmuştu. Halk, çatışmaların Haziran ortasında başladığını söyledi. ",
}


def milliseconds(language: str) -> tuple[float, float]:
    """Milliseconds a report for segmentation and for tagging, the best of three series."""
    lexicon = load_lexicon(language)
    sample = SAMPLES[language]
    doc = Document((sample * (REPORT_SIZE // len(sample) + 1))[:REPORT_SIZE], PUBLISHED, language)
    tag(segment(doc, lexicon), lexicon)
    best = (float("inf"), float("inf"))
    for _ in range(3):
        began = time.perf_counter()
        for _ in range(ROUNDS):
            cut = segment(doc, lexicon)
        between = time.perf_counter()
        for _ in range(ROUNDS):
            tag(cut, lexicon)
        ended = time.perf_counter()
        series = (1000 * (between - began) / ROUNDS, 1000 * (ended - between) / ROUNDS)
        best = min(best, series, key=sum)
    return best


def megabytes_a_second(size: int = 2_000_000) -> float:
    """Speed on one text of `size` letters."""
    lexicon = load_lexicon("en")
    doc = Document((SAMPLES["en"] * (size // len(SAMPLES["en"]) + 1))[:size], PUBLISHED)
    began = time.perf_counter()
    tag(segment(doc, lexicon), lexicon)
    return size / 1e6 / (time.perf_counter() - began)


def main() -> None:
    """Prints the table."""
    for language in SAMPLES:
        cut, tagged = milliseconds(language)
        print(f"{language}: segmentation {cut:.2f} ms, time expressions {tagged:.2f} ms a report")
    print(f"one long text: {megabytes_a_second():.1f} MB a second")


if __name__ == "__main__":
    main()
