"""What the command line says when something is wrong: one line, with what happened, where, and what to do.

Exit codes: 0; 1 when there are problems or nothing could be read (the rest is done, each is listed); 2 for a wrong call
and for an output that cannot be written; 128 and the number of the signal after one (130 is Ctrl-C).
"""

from __future__ import annotations

import contextlib
import difflib
import errno
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from postscan.model import PostscanError

FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_IMPORTING = "<frozen importlib._bootstrap>"
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class StoppedError(BaseException):
    """A signal asks to stop; like KeyboardInterrupt no Exception, so that nothing takes it for a fault of its own."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


def remark(message: str) -> None:
    """One line on standard error, whatever stands in it and whatever the console can show."""
    if sys.stderr is None:
        return
    from postscan.terminal import clean  # not for --help, which should be quick

    with contextlib.suppress(OSError):
        sys.stderr.write(f"postscan: {clean(message)}\n")
        sys.stderr.flush()


def fail(message: str, code: int) -> NoReturn:
    """Say why, and end."""
    remark(message)
    sys.exit(code)


class _Remarks(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        remark(record.getMessage())


@contextlib.contextmanager
def logged() -> Iterator[None]:
    """What the package logs, from level INFO up, becomes remarks."""
    log, handler = logging.getLogger("postscan"), _Remarks()
    level, spread = log.level, log.propagate
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
        log.propagate = spread


def _signal_again(number: int) -> None:
    """The signal once more, to the main thread, so that it ends what that waits for."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        signal.raise_signal(number)


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """A signal to stop raises `StoppedError`, so that what is half written goes; a second one ends at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    # Whoever started us may have it ignored (nohup): then it stays so.
    before = {number: signal.getsignal(number) for number in numbers if signal.getsignal(number) != signal.SIG_IGN}

    def stop(number: int, frame: FrameType | None) -> None:
        if frame is not None and frame.f_code.co_filename == _IMPORTING:  # what is raised there may be ignored
            threading.Timer(0.05, _signal_again, [number]).start()
            return
        for each in before:
            signal.signal(each, signal.SIG_DFL)
        raise StoppedError(number)

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def say_usage(error: click.ClickException, verbs: click.Group, verb: str | None) -> str:
    """A wrong call in one line, with the nearest right one."""
    message = error.format_message().rstrip(".")
    known = verb if verb is not None and verb in verbs.commands else None
    if isinstance(error, click.NoSuchOption):
        near = difflib.get_close_matches(error.option_name, _options(verbs, verb), n=1)
        message = f"no such option: {error.option_name}" + (f"; did you mean {near[0]}" if near else "")
    if known and Path(known).exists():
        message += f"; to scan what is called {known}, write ./{known}"
    return f"{message}; its help: postscan {known or 'scan'} --help"


def _options(verbs: click.Group, verb: str | None) -> list[str]:
    command = verbs.commands.get(verb or "", verbs.commands["scan"])
    return [name for param in (*command.params, *verbs.params) for name in param.opts if name.startswith("--")] + [
        "--help"
    ]


def nearest_verb(word: str, verbs: Sequence[str]) -> str | None:
    """The verb that a path which is not there may have meant."""
    if os.sep in word or "." in word or Path(word).exists():
        return None
    return next(iter(difflib.get_close_matches(word, verbs, n=1, cutoff=0.7)), None)


def say_system(error: OSError) -> str:
    """What the system refused, and what to do."""
    where = f"{os.fspath(error.filename)}: " if error.filename else ""
    advice = "free some space" if error.errno in FULL else "see --debug"
    return f"{where}{error.strerror or error}; {advice}"


def as_text(argument: str) -> str:
    """An argument as text also where the locale is not the UTF-8 that it was written in."""
    return argument if argument.isascii() else os.fsencode(argument).decode("utf-8", "replace")


@contextlib.contextmanager
def standard_output() -> Iterator[None]:
    """Errors of writing to standard output say that it was that; BrokenPipeError is left alone."""
    if sys.stdout is None:
        raise PostscanError("standard output is closed; name a file")
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is not None:
            raise
        advice = "free some space" if error.errno in FULL else "send it to another place"
        raise PostscanError(f"standard output: cannot be written ({error.strerror}); {advice}") from None
