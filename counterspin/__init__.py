"""Find spun and contradictory advice: the public Python API. Everything else may change without notice.

``extract_page`` turns the bytes of a page into a :class:`Document`, ``analyse`` turns documents into flags,
``open_store`` opens the database, ``to_dict`` gives any of our values as plain data.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from counterspin.api import analyse, document_from_text, extract_page, open_store, to_dict
    from counterspin.errors import CounterspinError
    from counterspin.model import Document, Flag
    from counterspin.settings import Settings
    from counterspin.store import Store

__version__ = "0.1.0"
__all__ = [
    "CounterspinError", "Document", "Flag", "Settings", "Store",
    "analyse", "document_from_text", "extract_page", "open_store", "to_dict",
]  # fmt: skip

_HOME = {
    "CounterspinError": "counterspin.errors", "Document": "counterspin.model", "Flag": "counterspin.model",
    "Settings": "counterspin.settings", "Store": "counterspin.store",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    # Imported on first use (PEP 562): ``counterspin --version`` must not pay for a parser or a database.
    if name not in __all__:
        raise AttributeError(f"module 'counterspin' has no attribute {name!r}")
    return getattr(import_module(_HOME.get(name, "counterspin.api")), name)
