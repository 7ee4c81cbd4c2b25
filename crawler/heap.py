"""How a process of the crawl keeps its memory: what is given back to the system.

glibc raises the size from which it asks the system for a block of its own once such a block is freed (mallopt(3),
M_MMAP_THRESHOLD). After the first page of some megabytes all others then live in the heap, which only shrinks from its
end: a crawl of the largest pages held 244 MB at its peak where 195 MB do with a fixed size. Fixed too low, each table
that the topic model weighs anew is asked of the system and cleared page by page: 700 page faults a page of the crawl,
two milliseconds on a virtual machine; 150 with the sizes below.
"""

from __future__ import annotations

import ctypes

LARGE = 2 * 1024 * 1024  # bytes from which a block is the system's own: above the tables of the topic (1 MB each)
SPARE = 16 * 1024 * 1024  # bytes at the end of the heap that are kept for the next table
ARENAS = 2  # heaps; the threads of a crawl write files and wait
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # glibc's numbers


def give_back_large_blocks() -> bool:
    """Fix the sizes for this process; false where the C library is not glibc."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    sizes = ((_MMAP_THRESHOLD, LARGE), (_TRIM_THRESHOLD, SPARE), (_ARENA_MAX, ARENAS))
    return all(mallopt(name, value) for name, value in sizes)
