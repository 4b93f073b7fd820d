"""`python -I <this folder> office|pdf|image MEGABYTES SECONDS < file`: what the probe found on stdout, or a code on stderr.

The process can do nothing but compute: it has no environment and no keys, may open no file for writing, start no
other process, and is ended by the system when it takes more memory or time than it was given.
"""

import resource
import sys
from importlib import import_module


def restrict(megabytes: int, seconds: int) -> None:
    """Give up what is not needed; none of it can be had back."""
    for what, most in (
        (resource.RLIMIT_AS, megabytes * 1024 * 1024),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    name, megabytes, seconds = sys.argv[1:4]
    restrict(int(megabytes), int(seconds))
    try:
        found = import_module(name).look(sys.stdin.buffer.read())
    except MemoryError:
        sys.exit("heavy")
    sys.stdout.buffer.write(found)


main()
