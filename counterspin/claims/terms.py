"""Content words of a piece of text in canonical form, with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from counterspin.claims.tables import Lexicon, rows
from counterspin.text.normal import HAN, printable

_NAMING = frozenset("ngjz")  # tags of characters that names are made of
_NAME = 3  # characters of a name, before its last
_DONE = frozenset("够完好满到过掉净透熟")  # what follows a verb to say that it is done: 喝够, 洗净
_SHORT = 4  # letters up to which a word has one spelling
_VERB_AND_NOUN = 3  # characters of a verb of one with a noun of two
LIGHT = 0.5  # weight below which a word carries little
_KEPT = frozenset("n v a b z i l j s t f e g")  # rjieba's tags of words with content, by first letter
_DROPPED = frozenset(("ul", "uj", "ud", "uz", "ug", "uv", "x", "vshi", "vyou"))
_ENGLISH_WORD = re.compile(r"[a-z][a-z'’-]*[a-z]|[a-z]|\d+")
_COUNTS = frozenset(
    "零〇一二两三四五六七八九十百千万亿半几数多少量许批些第成倍余来"
)  # what words for amounts are made of
_BEFORE_MEASURE = frozenset("一二两三四五六七八九十百千万半几多这那哪每各某同整全数个")  # what a measure word follows
_HAN_CHAR = re.compile(f"[{HAN}]")
_HAN_RUN = re.compile(rf"[{HAN}]+|[a-z0-9][a-z0-9.+-]*")


@dataclass(frozen=True, slots=True)
class Term:
    """A content word: canonical form, tag (``n``, ``v``, ``a``; empty in English) and where it stands.

    ``heavy`` is false for a word that carries little (放, give): it is no head.
    """

    word: str
    tag: str
    start: int
    end: int
    heavy: bool = True


def terms_of(text: str, words: Lexicon, aliases: Mapping[str, str]) -> list[Term]:
    """The content words of ``text`` (normal form), in order. ``aliases`` maps learnt swaps to their source."""
    return _chinese(text, words, aliases) if words.language == "zh" else _english(text, words, aliases)


def _chinese(text: str, words: Lexicon, aliases: Mapping[str, str]) -> list[Term]:
    found = []
    for match in _HAN_RUN.finditer(text):
        start = match.start()
        for word, tagged_as in _parted(tagged(match.group()), words):
            tag = "n" if _is_named(word, tagged_as, text, start) else tagged_as
            if tag[0] in _KEPT and tag not in _DROPPED and words.weight.get(word, 1.0) > 0:
                word_form = aliases.get(word, word)
                heavy = words.weight.get(word, 1.0) >= LIGHT
                found.append(Term(words.canonical.get(word_form, word_form), tag[0], start, start + len(word), heavy))
            start += len(word)
    return _joined(found)


def _is_named(word: str, tag: str, text: str, start: int) -> bool:
    """Whether a word that the dictionary counts with names a thing: 大米 is no number, 圈 in 不用戴圈 no measure."""
    if tag == "m":
        return len(word) > 1 and _COUNTS.isdisjoint(word)
    counts = not start or text[start - 1] in _BEFORE_MEASURE or not _HAN_CHAR.match(text, start - 1)
    return tag == "q" and not counts and not _HAN_CHAR.match(text, start + len(word))


def _joined(terms: list[Term]) -> list[Term]:
    """Characters in a row that the dictionary knows only one by one are one name: 孙启勤, 蜱虫."""
    found: list[Term] = []
    for term in terms:
        last = found[-1] if found else None
        if last and last.end == term.start and _is_piece(last, _NAME) and _is_piece(term, 1):
            found[-1] = replace(last, word=last.word + term.word, end=term.end)
        else:
            found.append(term)
    return found


def _is_piece(term: Term, most: int) -> bool:
    own = len(term.word) == term.end - term.start  # no synonym stands for it
    return own and len(term.word) <= most and term.tag in _NAMING and term.heavy


def _parted(found: Iterable[tuple[str, str]], words: Lexicon) -> Iterator[tuple[str, str]]:
    # 喝牛奶 stands in the dictionary as one word; a verb of one character that has synonyms stands for itself.
    for word, tag in found:
        if _is_verb_and_noun(word, tag, words):
            yield word[0], "v"
            if word[1:] not in _DONE:
                yield word[1:], "n"
        else:
            yield word, tag


def _is_verb_and_noun(word: str, tag: str, words: Lexicon) -> bool:
    if word in words.antonyms:
        return False  # 开水 is a thing, whose opposite the tables know
    if word[0] not in words.canonical or word in words.canonical or not tagged(word[0])[0][1].startswith("v"):
        return False
    if len(tagged(word[1:])) > 1:
        return False  # 洗衣机 is a thing: there is no 衣机
    return len(word) == _VERB_AND_NOUN or (
        len(word) == _VERB_AND_NOUN - 1 and tag == "v" and tagged(word[1])[0][1] == "n"
    )


@lru_cache(maxsize=16_384)
def tagged(run: str) -> tuple[tuple[str, str], ...]:
    """The words of a run of Chinese characters with their tags; a run of Latin letters or digits is a noun."""
    import rjieba  # noqa: PLC0415 - loads a dictionary; only who reads claims pays for it

    if run[0].isascii():
        return ((run, "n"),)  # a bare number names a model, an article or a case
    return tuple((word, tag or "n") for word, tag in rjieba.tag(printable(run), False))


def _english(text: str, words: Lexicon, aliases: Mapping[str, str]) -> list[Term]:
    found = []
    for match in _ENGLISH_WORD.finditer(text):
        word = match.group().removesuffix("'s").removesuffix("’s")
        if words.weight.get(word, 1.0) <= 0:
            continue
        form = _canonical(aliases.get(word, word), words)
        if words.weight.get(form, 1.0) > 0:
            heavy = words.weight.get(form, 1.0) >= LIGHT
            found.append(Term(form, "", match.start(), match.end(), heavy))
    return found


def _canonical(word: str, words: Lexicon) -> str:
    if word in _irregular():
        word = _irregular()[word]
        return words.canonical.get(word, word)
    word = _one_spelling(word)
    for form in stems(word):
        if form in words.canonical:
            return words.canonical[form]
    return stems(word)[-1]


_BRITISH = re.compile(r"(?<=[bdlmnv])our(?=s$|$|ed|ing)|(?<=m)ou(?=ld)")
_IZE = re.compile(r"(?<=[a-z]{2}[lnrt])is(?=e$|es$|ed$|ing$|ation)")


@lru_cache(maxsize=65_536)
def _one_spelling(word: str) -> str:
    """Mould and mold, colour and color, sterilise and sterilize as one word."""
    return (
        _IZE.sub("iz", _BRITISH.sub(lambda match: match.group().replace("u", ""), word)) if len(word) > _SHORT else word
    )


@cache
def _irregular() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("irregular.en")}


@lru_cache(maxsize=65_536)
def stems(word: str) -> tuple[str, ...]:
    """The word and what is left of it without its endings, longest first: ``stored, stor`` gives ``store`` too."""
    if len(word) <= 3:
        return (word,)
    if word.endswith(("ies", "ied", "ie")) and len(word) > 4:
        return word, word.removesuffix("s").removesuffix("d")[:-2] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")) or (word.endswith("oes") and len(word) > _SHOES):
        return word, word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return (word, *stems(word[:-1])) if len(word) > 4 else (word, word[:-1])
    if word.endswith("eed"):
        return (word, word[:-1]) if _DOUBLE_E.search(word) else (word,)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _verb(word, word[: -len(ending)])
    return (word,)


_SHOES = 5  # letters up to which -oes is -oe and -s
_DOUBLE_E = re.compile(r"(?:gre|fre|ante)ed$")  # agreed, freed, guaranteed; in needed and exceeded -ed is an ending
# Stopped, travelled, controlled; called and installed have their two letters of their own.
_DOUBLED = re.compile(r"(?:([bdfgkmnprtv])\1|[aeiou][a-z]*(?:[^aeiou]e|tro)ll)$")
_SHORT_SYLLABLE = re.compile(
    r"(?:[^aeiou]*|qu)[aeiou][^aeiouwxy]"
)  # one short syllable would double its consonant: hoped, hopped
# The ends of longer roots that lost an e: stored, handled, created, included, required, combined, changed, tasted.
_SILENT_E = re.compile(
    r"(?:[cuv]|[^n]g|[^z]z|[^s]s(?<!focus)|[^aeioulrw]l|[^ao]ul|hal"
    r"|[^eo]at|creat|[^o]ot|[^o]ut|[nv]it|(?:pl|del|mp)et|^[ptw]ast"
    r"|[^aeo]id|[^ao]ud|[^eo]ad|ced|um|com|rib|scap"
    r"|[^a]ir|[^o]ur|(?:[lt]|gn)or(?<!(?:it|ol|il)or)|[aeiouy][^aeiou]+(?:ar|in|[ae]ng)|(?:ch|r)ang)$"
)


def _verb(word: str, root: str) -> tuple[str, ...]:
    if len(root) > 3 and _DOUBLED.search(root):
        return word, root[:-1]
    if _SHORT_SYLLABLE.fullmatch(root):
        return word, root + "e"
    if _SILENT_E.search(root):
        return word, root, root + "e"
    return word, root + "e", root
