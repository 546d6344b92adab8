"""The command line: arguments in, messages out. Nothing else prints or exits."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from postscan.cli.messages import StoppedError, fail, logged, say_system, say_usage, stoppable
from postscan.cli.verbs import verbs
from postscan.model import PostscanError

__all__ = ["main", "verbs"]


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line; always ends with SystemExit."""
    arguments = list(sys.argv[1:] if args is None else args)
    debug = "--debug" in arguments
    try:
        with stoppable(), logged():
            code = verbs.main(arguments, prog_name="postscan", standalone_mode=False) or 0
        sys.exit(code if arguments else 2)
    except click.ClickException as error:
        fail(say_usage(error, verbs, next(iter(arguments), None)), error.exit_code)
    except StoppedError as stop:
        fail("; ".join(["stopped", *getattr(stop, "__notes__", ["nothing was begun"])]), stop.code)
    except (click.Abort, KeyboardInterrupt):
        fail("stopped", 130)
    except BrokenPipeError:  # the reader of the pipe has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if debug:
            raise
        fail(*_explain(error))


def _explain(error: Exception) -> tuple[str, int]:
    """What to say of an error, and the exit code."""
    if isinstance(error, PostscanError):
        return str(error), 2
    if isinstance(error, OSError):
        return say_system(error), 2
    if isinstance(error, ImportError):
        return f"{error}; install postscan and what it needs again: python -m pip install -e .", 2
    return f"an error of postscan's own: {type(error).__name__}: {error}; run again with --debug and report it", 1
