"""Reading what strangers made in a child process whose time and memory are bounded.

A PDF, a page or a document can be made so that its reader runs for ever or eats all memory; then
the child is ended and the file refused, and the server goes on.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from typing import Any

from events.exceptions import RejectedReport

try:
    import resource
except ImportError:  # Windows has neither fork nor limits: there the reading is done in place
    resource = None  # type: ignore[assignment]

MOST_SECONDS = 30
MOST_MEMORY = 1 << 30
TOO_SLOW = "The file takes more than {} s to read."
TOO_LARGE = "The file needs too much memory, or breaks its reader."


def bounded(
    read: Callable[[], Iterable[Any]], seconds: int = MOST_SECONDS, memory: int = MOST_MEMORY
) -> list[Any]:
    """What `read` gives, read in a child; `memory` is what it may need more, in bytes.

    Raises RejectedReport when the child is too slow, too large or dies, and what `read` raised.
    """
    if resource is None or "fork" not in multiprocessing.get_all_start_methods():
        return list(read())
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(theirs, read, seconds, memory), daemon=True)
    child.start()
    theirs.close()
    try:
        return _outcome(ours, seconds)
    finally:
        child.kill()
        child.join()
        ours.close()


def _outcome(pipe: Connection, seconds: int) -> list[Any]:
    if not pipe.poll(seconds):
        raise RejectedReport(TOO_SLOW.format(seconds))
    try:
        items, reason = pipe.recv()
    except EOFError as error:
        raise RejectedReport(TOO_LARGE) from error
    if reason:
        raise RejectedReport(reason)
    return items


def _work(pipe: Connection, read: Callable[[], Iterable[Any]], seconds: int, memory: int) -> None:
    """The child: it holds itself to the limits, sends what it read, and ends without clean-up.

    Ending at once matters: the parent's database connections must not be closed from here.
    """
    _limit(seconds, memory)
    try:
        answer: tuple[list[Any], str] = (list(read()), "")
    except RejectedReport as error:
        answer = ([], str(error))
    except MemoryError:
        answer = ([], TOO_LARGE)
    except Exception as error:  # whatever a reader raises on a broken file, the file is refused
        answer = ([], f"The file cannot be read: {type(error).__name__}.")
    pipe.send(answer)
    os._exit(0)


def _limit(seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    try:
        with open("/proc/self/statm", "rb") as source:
            held = int(source.read().split()[0]) * resource.getpagesize()
    except OSError:  # no /proc: time alone is bounded
        return
    resource.setrlimit(resource.RLIMIT_AS, (held + memory, held + memory))
