"""Bytes of a page to text: which encoding they are in, whatever their label says.

Order: byte-order mark, strict UTF-8, the declared encoding strictly, GB18030 and Big5 strictly, a guess from the
bytes, and last the candidate that loses the fewest characters, with a mark. Python's own codec names (zlib, idna,
unicode_escape) are never looked up: only names of the WHATWG encoding standard count as a declaration.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from counterspin.errors import RefusedPageError

MAX_BYTES = 16 * 1024 * 1024  # bytes of one page; trafilatura's own limit is 20 MB, the crawler stops at 8 MiB
_HEAD = 4096  # bytes searched for a declaration; the standard says 1,024, real pages put scripts first
_SAMPLE = 65_536  # bytes that a guess looks at
_MAX_LOSS = 0.05  # share of characters lost in decoding above which the bytes are no text, 0 to 1
_MAX_CONTROL = 0.02  # share of control bytes above which the bytes are binary, 0 to 1

_SIGNATURES = (
    (b"%PDF-", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"PK\x03\x04", "ZIP"),
    (b"\x7fELF", "ELF"), (b"MZ\x90", "EXE"), (b"\x1f\x8b", "gzip"), (b"RIFF", "RIFF"), (b"\xd0\xcf\x11\xe0", "OLE"),
    (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"BZh", "bzip2"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"OggS", "Ogg"),
    (b"ID3", "MP3"), (b"wOFF", "font"), (b"wOF2", "font"), (b"\x00\x00\x00\x18ftyp", "MP4"),
)  # fmt: skip
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

# Labels of the WHATWG standard (those in use) and the codec that reads them; a superset where the standard has one.
_CODECS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "utf-16", "utf-16le", "utf-16be", "unicode"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "chinese", "csgb2312", "gb-2312"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5", "csbig5"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949", "korean", "ksc5601"), "cp949"),
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "windows-1252", "us-ascii", "ascii", "cp1252"), "cp1252"),
    "euc-jp": "euc_jp", "iso-2022-jp": "iso2022_jp", "koi8-r": "koi8_r", "koi8-u": "koi8_u", "macintosh": "mac_roman",
    "windows-874": "cp874", "tis-620": "cp874", "iso-8859-9": "cp1254",
    **{f"windows-{page}": f"cp{page}" for page in (1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)},
    **{f"iso-8859-{part}": f"iso8859_{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}  # fmt: skip
_SINGLE_BYTE = frozenset({"cp1252", "mac_roman", "cp1254"})

_LABEL = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_WIDE_LABEL = re.compile(r"""charset\s*=\s*["']?\s*utf-?16-?(le|be)?\b""", re.IGNORECASE)
_XML_LABEL = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
_CONTROL = bytes(code for code in range(32) if code not in (9, 10, 12, 13, 27))
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_COMMON = frozenset(
    "的一是不了在人有我他這这個个们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a page, the codec that read it and ``name:value`` marks about doubts."""

    text: str
    encoding: str
    marks: tuple[str, ...] = ()


def decode(raw: bytes, content_type: str | None = None) -> Decoded:
    """The text in ``raw``.

    Raises :class:`RefusedPageError`: ``empty``, ``too_large``, ``bad_type``, ``bad_encoding``; :class:`TypeError`
    for text, whose encoding somebody has guessed already.
    """
    _refuse_text(raw)
    _refuse(raw)
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return Decoded(raw[len(mark) :].decode(codec, "replace"), codec)
    wide = _WIDE_LABEL.search(content_type or "")
    if wide:  # only the header can say so: a page that says so of itself in ASCII is none
        return _wide(raw, "utf-16-be" if (wide[1] or "").lower() == "be" else "utf-16-le")
    strict = _strictly(raw, "utf-8")
    if strict is not None:
        _refuse_binary(raw)
        declared = declared_codec(raw, content_type)
        lied = declared not in (None, "utf-8") and not raw.isascii()
        return Decoded(strict, "utf-8", (f"charset:declared {declared}",) if lied else ())
    _refuse_binary(raw)
    return _decode_legacy(raw, declared_codec(raw, content_type))


def _wide(raw: bytes, codec: str) -> Decoded:
    text = raw.decode(codec, "replace")
    lost = text.count("\ufffd")
    if lost > _MAX_LOSS * len(text):
        raise RefusedPageError("bad_encoding", f"{lost} of {len(text)} characters cannot be read as {codec}")
    return Decoded(text, codec, (f"charset:replaced {lost}",) if lost else ())


def declared_codec(raw: bytes, content_type: str | None) -> str | None:
    """The codec that the HTTP header, else the page's head, names; ``None`` without a known name."""
    head = raw[:_HEAD]
    for place, pattern in (
        ((content_type or "").encode("utf-8", "replace"), _LABEL),
        (head, _XML_LABEL),
        (head, _LABEL),
    ):
        found = pattern.search(place)
        codec = _CODECS.get(found[1].decode("ascii", "replace").lower()) if found else None
        if codec:
            return codec
    return None


def _refuse_text(raw: object) -> None:
    if isinstance(raw, str):
        raise TypeError("a page is read from its bytes, not from str: open the file with 'rb', or encode the text")


def _refuse(raw: bytes) -> None:
    if not raw.strip():
        raise RefusedPageError("empty", "no bytes")
    if len(raw) > MAX_BYTES:
        raise RefusedPageError("too_large", f"{len(raw)} bytes, at most {MAX_BYTES}")
    for signature, name in _SIGNATURES:
        if raw.startswith(signature):
            raise RefusedPageError("bad_type", f"{name} data, first bytes {raw[:16].hex()}")


def _refuse_binary(raw: bytes) -> None:
    sample = raw[:_SAMPLE]
    control = len(sample) - len(sample.translate(None, _CONTROL))
    if control > _MAX_CONTROL * len(sample):
        raise RefusedPageError("bad_type", f"binary data, first bytes {raw[:16].hex()}")


def _strictly(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return None


def _decode_legacy(raw: bytes, declared: str | None) -> Decoded:
    """Bytes that are not UTF-8 throughout."""
    double_byte = _looks_double_byte(raw)
    if declared and declared != "utf-8" and not (declared in _SINGLE_BYTE and double_byte):
        text = _strictly(raw, declared)
        if text is not None:
            return Decoded(text, declared)
    if double_byte:
        readings = [(text, codec) for codec in ("gb18030", "big5hkscs") if (text := _strictly(raw, codec)) is not None]
        if readings:
            text, codec = max(readings, key=lambda reading: _plausibility(reading[0]))
            return Decoded(text, codec, () if declared == codec else ("charset:guessed",))
    elif declared is None:
        return _guessed(raw)
    return _least_loss(raw, declared, double_byte=double_byte)


def _looks_double_byte(raw: bytes) -> bool:
    """Whether bytes over 127 come mostly in runs of two and more, as in Chinese; single ones are accented letters."""
    runs = [len(run) for run in _HIGH_RUN.findall(raw[: _SAMPLE * 4])]
    return sum(run for run in runs if run > 1) > 0.7 * sum(runs)


def _plausibility(text: str) -> float:
    """Share of the everyday characters among those outside ASCII, 0 to 1."""
    wide = [char for char in text[:_SAMPLE] if char > "\x7f"]
    return sum(char in _COMMON for char in wide) / len(wide) if wide else 0.0


def _guessed(raw: bytes) -> Decoded:
    best = from_bytes(raw[:_SAMPLE]).best()
    codec = best.encoding if best else "cp1252"
    text = raw.decode(codec, "replace")
    return Decoded(text, codec, ("charset:guessed",))


def _least_loss(raw: bytes, declared: str | None, *, double_byte: bool) -> Decoded:
    """The reading with the fewest replaced characters; a page that has too many of them in each is refused."""
    codecs = [declared] if declared else []
    codecs += ["utf-8", "gb18030", "big5hkscs"] if double_byte or declared == "utf-8" else ["utf-8", "cp1252"]
    readings = [(raw.decode(codec, "replace"), codec) for codec in dict.fromkeys(codecs)]
    text, codec = min(readings, key=lambda reading: reading[0].count("\ufffd"))
    lost = text.count("\ufffd")
    if lost > _MAX_LOSS * max(1, len(raw) - len(_CONTROL)):
        raise RefusedPageError("bad_encoding", f"{lost} of {len(text)} characters cannot be read as {codec}")
    return Decoded(text, codec, (f"charset:replaced {lost}",) if lost else ())
