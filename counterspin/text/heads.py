"""Whether an English word could be spared where it stood.

What an editor drops are modifiers before a noun (a large bowl) and adverbs; a noun or verb before a function word or a
mark is what its phrase hangs on (warm water and soap), and nobody drops it alone.
"""

from __future__ import annotations

import re

_DETERMINERS = "the a an this that these those my your his her its our their every each no some any"
_PREPOSITIONS = (
    "of in on at by for with from to into onto over under about between through during without within against across "
    "after before until till since near around behind beside besides below above upon towards toward next"
)
_JOINERS = "and or but nor so yet if because when while where whether unless until although though than as that"
_PRONOUNS = "i you he she it we they me him us them who whom whose which what there"
_AUXILIARIES = (
    "is are was were be been am has have had do does did will would can could should shall may might must not"
)
CLOSED = frozenset(f"{_DETERMINERS} {_PREPOSITIONS} {_JOINERS} {_PRONOUNS} {_AUXILIARIES}".split())
_ADVERBS = (
    "again ago almost alone already also altogether always away back better early else enough ever everywhere far fast "
    "finally first forever hard here home however indeed instead just later least less maybe more most much never now "
    "often once only otherwise perhaps quite rather really simply sometimes somewhat soon still straight then "
    "therefore today together tomorrow tonight too twice very well yesterday please anyway"
)
# Half of a phrasal verb (take it apart), gone where another verb is put for the whole (dismantle it).
_PARTICLES = "off out down apart aside along ahead forth forward forwards backward backwards aboard open shut loose"
_SPARED = frozenset(f"{_ADVERBS} {_PARTICLES} both either neither all half such many few several".split())
MIN_LETTERS = 3  # of a word that is looked for
_LAST = re.compile(r"[\w'’-]+(?=\W*$)")
_NEXT = re.compile(r"\W*?([.,;:!?)]|[\w'’-]+)")


def is_missed(word: str, before: str, after: str) -> bool:
    """Whether ``word`` (small letters) could not be spared between ``before`` and ``after``."""
    if not carries_sense(word) or not _LAST.search(before):
        return False
    then = _NEXT.match(after)
    return then is None or not then[1][0].isalnum() or then[1].lower() in CLOSED


def carries_sense(word: str) -> bool:
    """Whether it is a noun, verb or adjective, as far as closed lists and endings tell."""
    return (
        word.isalpha()
        and len(word) >= MIN_LETTERS
        and word not in CLOSED
        and word not in _SPARED
        and not word.endswith("ly")
    )
