"""Claims gathered under the question that they answer, with the rival answers and the outcome.

One slot is one item of review. Copies of one text count as one voice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import chain

from counterspin.claims import rivals
from counterspin.claims.alone import Measured, alone
from counterspin.claims.blocks import candidates
from counterspin.claims.coverage import agreement
from counterspin.claims.directions import directed
from counterspin.claims.edges import Edge, Edges
from counterspin.claims.held import Claims
from counterspin.claims.lent import is_lent, without_lent
from counterspin.claims.match import likeness
from counterspin.claims.phases import RELATIONS
from counterspin.claims.profile import Profile
from counterspin.claims.question import question_of
from counterspin.claims.question import voices as voices_of
from counterspin.claims.read import aliases_of
from counterspin.claims.rivals import Rivalry
from counterspin.claims.tables import lexicon
from counterspin.claims.terms import stems
from counterspin.claims.voices import Voices
from counterspin.model import Answer, Claim, Slot
from counterspin.text.corpus import Corpus
from counterspin.text.spool import spooled

MAX_QUOTES = 12  # claims shown for one answer
MAX_ANSWERS = 12  # rival answers shown for one question
ANSWERED_BY = {"actor": "scope:role", "exclusivity": "scope:channel"}  # the family that is the answer itself
TOLD_BY_KIND = frozenset(("numeric", "deontic", "polarity"))  # kinds of conflict of which opposites are no answer


@dataclass(frozen=True, slots=True)
class _Gathered:
    """The claims that are compared, and the learnt swaps."""

    voices: Voices
    aliases: Mapping[str, str]


def gather(claims: Iterable[Claim], corpus: Corpus) -> Sequence[Slot]:
    """The questions on which claims differ or agree, sorted by key; the same whatever the order of ``claims``."""
    voices = Voices(claims if isinstance(claims, Claims) else Claims(claims))
    edges, alike = _compared(voices)
    edges = edges.surest(voices.places)
    found = _Gathered(voices, aliases_of(corpus))
    slots = chain(_slots(edges, found), _agreed(alike, edges, found))
    return spooled(slots, key=lambda slot: (slot.key, slot.kind, _first(slot)))


def _compared(voices: Voices) -> tuple[Edges, Edges]:
    """The pairs of claims in conflict, or kept from it, and those that give one value."""
    rivalling, alike = Edges(), Edges()
    profiles = voices.profiles
    for left, right in candidates(profiles, voices.sizes):
        one, two = profiles.at(left), profiles.at(right)
        listed = left in voices.listed or right in voices.listed
        if edge := _edge(one, two, left, right, voices.measured):
            if edge.rivalry.kind != "numeric" or not listed:
                rivalling.add(edge)
        elif 0 < voices.values[left] == voices.values[right] and not listed and (covered := agreement(one, two)):
            value = one.claim.values[0].text.strip()
            alike.add(Edge(left, right, Rivalry("numeric", value, value), covered, ()))
    for left, right, rivalry, like in directed(profiles, voices.directed):
        rivalling.add(Edge(left, right, rivalry, like.covered, tuple(like.suppressors)))
    return rivalling, alike


def _first(slot: Slot) -> tuple[str, int]:
    claim = slot.answers[0].claims[0]
    return claim.url, claim.start


def _edge(one: Profile, two: Profile, left: int, right: int, measured: Measured) -> Edge | None:
    first, second = one.claim, two.claim
    if first.language != second.language or one.letters == two.letters:
        return None
    one_page = first.url == second.url
    for rivalry, apart in _rivalries(one, two):
        if one_page:
            if rivalry.kind == "numeric" and is_lent(one) and is_lent(two):
                return None
            one, two = without_lent(one, two)
        like = likeness(one, two, apart=apart, **_demands(rivalry))
        if like and rivalry.kind == "numeric" and not rivals.numeric(first, second, like.covered):
            like = None
        if not like and rivalry.kind == "numeric":
            like = alone(one, two, measured)
        if like:
            answered = _answered(one, two, rivalry, apart)
            against = tuple(name for name in like.suppressors if name not in answered)
            return Edge(left, right, rivalry, like.covered, against)
    return None


def _answered(one: Profile, two: Profile, found: Rivalry, apart: frozenset[str]) -> set[str]:
    """The suppressors that do not count for this conflict, since they are what the two answer differently."""
    first, second = one.claim, two.claim
    answered = {ANSWERED_BY.get(found.kind, ""), *_advised(first, second, found)}
    families = lexicon(first.language).families
    if found.kind == "exclusivity" and len({*first.terms} & {*second.terms}) > 1:
        answered |= {f"scope:{families[word][0]}" for word in apart if word in families}
    if found.kind == "order" or found.left in RELATIONS:
        answered.add("phase")
    if found.kind not in TOLD_BY_KIND:
        answered.add("kind")
    if found.kind != "numeric":
        return answered
    dimension = first.values[0].dimension
    if dimension == "date" or (dimension == "age" and not (one.scope and two.scope)):
        answered.add(f"scope:{dimension}")  # from four years on: who else but a child
    if dimension == "clock":
        answered.add("scope:daytime")  # 下午两点, 晚上六点: the part of the day belongs to the hour
    return answered


def _advised(left: Claim, right: Claim, found: Rivalry) -> Iterator[str]:
    """The family that two pieces of advice answer by its members: in the morning, in the evening."""
    if found.kind == "antonym" and all(map(_is_advised, (left, right))):
        families = lexicon(left.language).families
        yield from (f"scope:{families[word][0]}" for word in (found.left, found.right) if word in families)


def _is_advised(claim: Claim) -> bool:
    if claim.modality in ("must", "should"):
        return True
    first = claim.text.split(" ", 1)[0].lower()  # in English an instruction begins with its verb
    return claim.language == "en" and not claim.modality and stems(first)[-1] == claim.terms[0]


_KEPT = frozenset(("store", "keep", "leave", "stay", "remain", "保持"))  # keep it shut: the state is what is advised


def _parts(profile: Profile, found: Rivalry) -> frozenset[str]:
    """The words that make up the opposites: 冷敷 may have been cut in two, ``keep`` only carries ``closed``."""
    whole = (found.left, found.right)
    return frozenset(word for word in profile.own_words if any(word in one for one in whole)) | {*whole} | _KEPT


def _demands(rivalry: Rivalry) -> dict[str, float]:
    # Two words that exclude one another are so rare by chance that one word in common will do.
    return {"shared": 1.0} if rivalry.kind in ("antonym", "order", "actor", "exclusivity") else {}


# Claims that answer one kind of question only.
_SINGLE: Mapping[str, Callable[[Claim, Claim], Rivalry | None]] = {
    "numeric": partial(rivals.numeric, covered=1.0),
    "order": rivals.order,
    "actor": rivals.actor,
    "choice": rivals.choice,
}


def _rivalries(one: Profile, two: Profile) -> Iterator[tuple[Rivalry, frozenset[str]]]:
    """What could be in conflict, the surest kind first, with the words in which the two differ."""
    left, right = one.claim, two.claim
    if left.slot_kind != right.slot_kind:
        return
    if single := _SINGLE.get(left.slot_kind):
        if found := single(left, right):
            yield found, _names(left.actor, right.actor)
        return
    if found := rivals.stance(left, right):
        yield found, frozenset()
        return
    if found := rivals.antonym(one, two, lexicon(left.language).antonyms):
        yield found, _parts(one, found) | _parts(two, found)
    if ways := rivals.exclusivity(left, right):
        yield ways


@lru_cache(maxsize=1024)  # most claims name nobody
def _names(left: str, right: str) -> frozenset[str]:
    return frozenset((left, right, *left.split(), *right.split()))


def _slots(edges: Edges, found: _Gathered) -> Iterator[Slot]:
    conflicts = Edges(edge for edge in edges if not edge.suppressors)
    for group in conflicts.connected():
        yield _slot(group, found, "conflict")
    for group in _spared(edges, conflicts).connected():
        changed = all("rule_changed" in edge.suppressors for edge in group)
        yield _slot(group, found, "rule_changed" if changed else "varies")


def _spared(edges: Edges, conflicts: Edges) -> Edges:
    """The edges with suppressors whose first claim is in no conflict of their kind."""
    settled: dict[str, set[int]] = defaultdict(set)
    for edge in conflicts:
        settled[edge.rivalry.kind].update((edge.left, edge.right))
    return Edges(edge for edge in edges if edge.suppressors and edge.left not in settled[edge.rivalry.kind])


def _agreed(alike: Edges, edges: Edges, found: _Gathered) -> Iterator[Slot]:
    """The questions that are in no conflict, with the one answer that their claims give."""
    places = found.voices.places
    settled = {places[at] for edge in edges for at in (edge.left, edge.right)}
    for group in Edges(
        edge for edge in alike if settled.isdisjoint((places[edge.left], places[edge.right]))
    ).connected():
        slot = _slot(group, found, "agreed")
        claims = dict.fromkeys(at for edge in group for at in (edge.left, edge.right))
        value = group[0].rivalry.left
        key = blake2b(f"agreed\x1f{slot.key}\x1f{value}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        yield replace(slot, key=key, answers=(_answer(value, sorted(claims), found),))


def _slot(group: list[Edge], found: _Gathered, outcome: str) -> Slot:
    best = min(group, key=lambda edge: (-_strength(edge, found.voices), edge.left, edge.right))
    left, right, kind = found.voices.claim(best.left), found.voices.claim(best.right), best.rivalry.kind
    words = f"{kind}\x1f{_key_words(left, right)}"
    answers = [_answer(value, ats, found) for value, ats in _stances(best, group, found.voices).items()]
    return Slot(
        key=blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
        question=question_of(kind, left, right),
        kind=kind,
        answers=tuple(answers[:MAX_ANSWERS]),
        outcome=outcome,
        suppressors=tuple(sorted({name for edge in group for name in edge.suppressors})),
        score=round(best.covered, 4),
    )


def _stances(best: Edge, group: list[Edge], voices: Voices) -> dict[str, dict[int, None]]:
    """The claims of each answer, those of the best pair first. One measure in other words is one answer."""
    right = best.rivalry.right if best.rivalry.right != best.rivalry.left else f"{best.rivalry.right} (2)"
    found: dict[str, dict[int, None]] = {best.rivalry.left: {best.left: None}, right: {best.right: None}}
    for edge in sorted(group, key=lambda edge: (edge.left, edge.right)):
        for value, at in ((edge.rivalry.left, edge.left), (edge.rivalry.right, edge.right)):
            if not any(at in ats for ats in found.values()):
                number = voices.values[at]
                same = (held for held, ats in found.items() if number and number == voices.values[min(ats)])
                found.setdefault(value if value in found else next(same, value), {})[at] = None
    return found


def _strength(edge: Edge, voices: Voices) -> float:
    return edge.covered + (1.0 if voices.pages[edge.left] == voices.pages[edge.right] else 0.0)


def _answer(value: str, ats: Iterable[int], found: _Gathered) -> Answer:
    """An answer with a claim of each voice first, then the copies."""
    claims = [claim for at in ats for claim in found.voices.every(at)]
    groups = voices_of(claims, found.aliases)
    shown = [members[0] for members in groups] + [claim for members in groups for claim in members[1:]]
    return Answer(stance=value, value=value, claims=tuple(shown[:MAX_QUOTES]), voices=len(groups))


def _key_words(left: Claim, right: Claim) -> str:
    shared = [word for word in left.terms if word in right.terms] or [*left.terms[:3]]
    return " ".join(sorted(shared))
