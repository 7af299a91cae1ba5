"""One build of a folder at a time; and what a build that was broken off wrote is written again."""

import sys
from pathlib import Path

from filelock import FileLock, Timeout


def _beside(app, name):
    out = Path(app.outdir)
    return out.parent / f".{out.name}.{name}"


def take_turn(app):
    """Wait until no other build writes to the folder of this one, and say so.

    The lock is the system's: it ends with its process, even one that is killed.
    """
    lock = FileLock(_beside(app, "lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print(f"Another build writes to {app.outdir}; this one waits for it.", file=sys.stderr)
        lock.acquire()
    app.connect("build-finished", lambda app, error: lock.release(), priority=999)


def begun(app, env, added, changed, removed):
    """Have every page written again after a build that did not come to its end.

    Sphinx takes a page that is younger than its source for finished, half written or not.
    """
    mark = _beside(app, "unfinished")
    broken_off = mark.exists()
    mark.touch()
    return list(env.found_docs) if broken_off else []


def ended(app, error):
    """Note that the build came to its end."""
    if not error:
        _beside(app, "unfinished").unlink(missing_ok=True)


def setup(app):
    """Register what happens at the beginning and at the end."""
    app.connect("builder-inited", take_turn)
    app.connect("env-get-outdated", begun)
    app.connect("build-finished", ended, priority=998)
