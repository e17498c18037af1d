#!/usr/bin/env python
"""Run a management command."""

import gc
import logging
import os
import signal
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from bots.serverprocess import start_early


def main() -> int:
    """Run it; a setting that cannot work is one line to whoever starts it, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Imports make many objects and no garbage: to look for some at every 700 makes a start 10% longer.
    gc.set_threshold(20_000)
    early = None
    try:
        if sys.argv[1:] == ["runbot"]:
            early = start_early()
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except SystemExit as end:
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
            return 1
        return end.code or 0
    finally:
        if early is not None:  # a bot that runs does not come back: its start failed
            early.send_signal(signal.SIGTERM)
    return 0


def leave(code: int) -> None:
    """End here: the interpreter's own end can crash in the threads of Temporal's SDK."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    leave(main())
