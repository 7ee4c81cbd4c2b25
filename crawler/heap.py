"""The C library's allocator told to give large bodies back to the system.

glibc raises the size from which it asks the system for a block of its own once such a block is freed (mallopt(3),
M_MMAP_THRESHOLD). After the first page of some megabytes all others then live in the heap, which only shrinks from its
end: a crawl of the largest pages held 244 MB at its peak where 195 MB do with a fixed size.
"""

from __future__ import annotations

import ctypes

LARGE = 256 * 1024  # bytes from which a block is the system's own
ARENAS = 2  # heaps; the threads of a crawl write files and wait
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8  # glibc's numbers


def give_back_large_blocks() -> bool:
    """Fix the size of large blocks for this process; false where the C library is not glibc."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    return bool(mallopt(_MMAP_THRESHOLD, LARGE) and mallopt(_ARENA_MAX, ARENAS))
