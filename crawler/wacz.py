"""WACZ: the archive as one file that replay tools open (WACZ 1.1.1): WARC files, index, list of pages, digests."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from counterspin import __version__
from counterspin.errors import ArchiveError
from crawler.cdxj import cdxj
from crawler.members import members


def write_wacz(folder: Path, target: Path, *, title: str, created: str) -> int:
    """Pack the WARC files of ``folder`` into ``target``; the number of pages. Raises :class:`ArchiveError`.

    ``created``: ISO 8601. The file is written beside the target first, so a break leaves no half file.
    """
    files = sorted(folder.glob("*.warc.gz"))
    if not files:
        raise ArchiveError(f"{folder}: there is no WARC file to export; crawl or import pages first")
    part = target.with_name(target.name + ".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
        resources = [_add_file(archive, f"archive/{file.name}", file) for file in files]
        lines = sorted(line for file in files for line in cdxj(file))
        index = gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0)
        resources.append(_add(archive, "indexes/index.cdx.gz", index))
        pages = list(_pages(files))
        resources.append(_add(archive, "pages/pages.jsonl", _jsonl(pages)))
        package = _package(resources, title=title, created=created)
        _add(archive, "datapackage.json", package)
        digest = {"path": "datapackage.json", "hash": f"sha256:{sha256(package).hexdigest()}"}
        _add(archive, "datapackage-digest.json", json.dumps(digest).encode())
    part.replace(target)
    return len(pages)


def _pages(files: Iterable[Path]) -> Iterable[dict[str, str]]:
    for file in files:
        for record in members(file):
            if record.kind == "response":
                yield {"id": record.fields["warc-record-id"].strip("<>"), "url": record.url,
                       "ts": record.fields["warc-date"]}  # fmt: skip


def _jsonl(pages: Iterable[dict[str, str]]) -> bytes:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in (head, *pages)).encode()


def _package(resources: list[dict[str, object]], *, title: str, created: str) -> bytes:
    values = {
        "profile": "data-package", "wacz_version": "1.1.1", "title": title, "created": created,
        "software": f"counterspin {__version__}", "resources": resources,
    }  # fmt: skip
    return json.dumps(values, ensure_ascii=False, indent=2).encode()


def _add(archive: zipfile.ZipFile, path: str, data: bytes) -> dict[str, object]:
    archive.writestr(path, data)
    return {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{sha256(data).hexdigest()}",
            "bytes": len(data)}  # fmt: skip


def _add_file(archive: zipfile.ZipFile, path: str, file: Path) -> dict[str, object]:
    archive.write(file, path)
    digest = sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return {"name": file.name, "path": path, "hash": f"sha256:{digest.hexdigest()}", "bytes": file.stat().st_size}
