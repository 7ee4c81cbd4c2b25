"""A short reply read as the statement that it makes of its question: 能不能生吃?不能。 forbids to eat it raw.

The reply gives the stance, the question all the rest. Chinese puts the stance into the place of A-not-A or of the
modal verb; English undoes the inversion of the question. A question that asks who, what or how much has no such reply.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_QUESTION = {"zh": 40, "en": 120}  # code points of a question that a reply leaves out
# Who speaks in a dialogue, an interview or a list of questions: no word of what is said.
_SPEAKER = re.compile(
    r"\s*(?:[问答]|提问|回答|回复|网友|[qa]|question|answer)\s?\d{0,2}\s?[::.、]\s*|\s*[(（]?\d{1,2}[.、)）]\s*"
)
_OPEN_ZH = re.compile(r"什么|怎么|怎样|如何|哪|谁|为何|多[久少长大高深远]|几|还是")
_ASKED_ZH = re.compile(
    r"(?P<is>是否|是不是)(?P<after>可以|能够?|需要?|要|会|应该|必须|有)?|有没有|能否|可否"
    r"|(?P<modal>能|可|要|需|用|会|应|该|得)不(?P=modal)(?P<rest>够|以|要|该)?|(?P<verb>[\u4e00-\u9fff])[不没](?P=verb)"
)
_MODAL_ZH = re.compile(r"可以|能够?|需要|必须|应该|用(?=.*[吗么])|要|会|得")
_PARTICLE_ZH = re.compile(r"[吗么呢吧啊呀?!。 ]+$|^(?:请问|那么?|想问一?下?|到底|究竟|大家|各位|[,。 ])+")
_ANYWAY_ZH = re.compile(r"到底|究竟")
_ADVERBS_ZH = (
    r"(?:当然|其实|一般来?说?|通常|完全|绝对|肯定|原则上|理论上|答案是|是|也|都|最好|千万|坚决|照样|还是|建议)*"
)
_REPLY_ZH = re.compile(
    rf"\s*{_ADVERBS_ZH}(?P<said>(?P<yes>可以|能够?|是|行|需要|要|会|应该|必须|得|有|对|没错|没问题|没关系|没事|不要紧|无妨|肯定的)"
    r"|(?P<no>不可以|不能够?|不行|不需要|不要|不用|不必|不会|不应该|不建议|不得|没有|没必要|别|不|否定的))"
    r"(?:的|了|啊|呀|哦|哈|滴)*(?P<verb>[\u4e00-\u9fff]{0,3})(?=[,。.;!]|$)"
)
_DENIED_ZH = {
    "能": "不能", "能够": "不能", "可以": "不能", "可": "不能", "要": "不用", "需要": "不需要", "需": "不需要",
    "用": "不用", "必须": "不用", "得": "不用", "会": "不会", "应该": "不应该", "该": "不应该", "应": "不应该",
    "有": "没有", "是": "不是",
}  # fmt: skip
_KINDS_ZH = {
    **dict.fromkeys(("可以", "能", "能够", "可", "能否", "可否"), "may"),
    **dict.fromkeys(("要", "需要", "需", "用", "必须", "得", "应该", "该", "应"), "must"),
    "会": "will",
}  # fmt: skip
_WHOLE_ZH = {"能否": "能", "可否": "可以", "有没有": "有"}
_WHETHER = frozenset(
    ("是否", "是不是")
)  # without a modal after them: 不是 denies one word of what follows, who knows which
# To deny that it is always so is not to say that it is never so.
_ALWAYS = re.compile(r"一定|所有|全部?|都|每|任何|凡|只|\b(?:all|always|every|only|any|both|ever)\b")
_NO_ZH = frozenset(("不", "不行", "否定的"))  # denials without a verb of their own
_YES_ZH = frozenset(("对", "没错", "肯定的", "行", "没问题", "没关系", "没事", "不要紧", "无妨", "有", "是"))
_INVERTED = re.compile(
    r"\s*(?P<verb>can|could|may|should|must|will|do|does|did|is|are)\s+"
    r"(?:(?P<who>i|we|you|one|they|it|he|she)\s+)?(?P<rest>[^?]{4,})\?"
)
_REPLY_EN = re.compile(
    r"\s*(?:(?P<yes>yes|yep|yeah|sure|of course|certainly|absolutely(?! not)|definitely(?! not))"
    r"|(?P<no>no|nope|never|absolutely not|definitely not|not at all|not really|not necessarily))\b"
    r"(?:,? (?:please|you|we|they|it|i|he|she) (?:can|may|should|must|will|do|does|is|are)"
    r"(?:n['’]t|not| not)?(?: (?:have|need) to)?(?=\s*[,.;!-]|$))?\s*(?:[,.;!-]|$)"
)


def without_speaker(text: str) -> str:
    """``text`` with the label of who speaks (问:, A:) and its number blanked out."""
    at = 0
    while label := _SPEAKER.match(text, at):
        at = label.end()
    return " " * at + text[at:]


def is_open(question: str, language: str) -> bool:
    """Whether the sentence after ``question`` (normal form) may leave out what the question says."""
    return len(question.strip()) <= MAX_QUESTION[language]


def restated(reply: str, question: str, language: str) -> str:
    """``reply`` (normal form) with its first words spelt out by the yes-or-no ``question``; empty if it needs no such.

    The rest of the reply follows as it stands.
    """
    if not question or not is_open(question, language):
        return ""
    return _chinese(reply, question) if language == "zh" else _english(reply, question)


class Asked(NamedTuple):
    """What a yes-or-no question asks of an action: ``may``, ``must`` or ``will``, and its words before and after."""

    kind: str
    before: str
    after: str


def asked_of(question: str) -> Asked | None:
    """What a Chinese question (normal form) asks: whether one may, whether one has to, or whether it happens."""
    asked = _plain_zh(question)
    slot = _slot_zh(asked, question)
    kind = _KINDS_ZH.get(_verb_of(slot) or slot.group()) if slot else None
    return Asked(kind, asked[: slot.start()], asked[slot.end() :]) if slot and kind else None


def _plain_zh(question: str) -> str:
    """A question without its speaker and what only says that it asks."""
    return _ANYWAY_ZH.sub("", _PARTICLE_ZH.sub("", without_speaker(question).strip()))


def _slot_zh(asked: str, question: str) -> re.Match[str] | None:
    """What asks yes or no in a ``question`` and its plain form: A-not-A, or before 吗 its first modal verb."""
    if _OPEN_ZH.search(asked):
        return None
    return _ASKED_ZH.search(asked) or (_MODAL_ZH.search(asked) if "吗" in question else None)


def _verb_of(slot: re.Match[str]) -> str:
    """The verb that A-not-A asks of; nothing where it has none of its own."""
    named = slot.groupdict()
    return named.get("after") or named.get("verb") or f"{named.get('modal') or ''}{named.get('rest') or ''}"


def _chinese(reply: str, question: str) -> str:
    said = _REPLY_ZH.match(reply)
    asked = _plain_zh(question) if said else ""
    if not said or not asked or said["verb"] not in asked:
        return ""
    slot = _slot_zh(asked, question)
    if not slot or (said["no"] and (_ALWAYS.search(asked) or slot.group() in _WHETHER)):
        return ""
    before, after = asked[: slot.start()], asked[slot.end() :]
    return f"{before}{_stance_zh(said, slot)}{after}{reply[said.end() :]}"


def _stance_zh(said: re.Match[str], slot: re.Match[str]) -> str:
    """The words that take the place of A-not-A: those of the reply, else the verb of the question, denied or not."""
    named = slot.groupdict()
    verb = _verb_of(slot) or ("" if named.get("is") else _WHOLE_ZH.get(slot.group(), slot.group()))
    if said["no"]:
        alone = said["no"] in _NO_ZH or named.get("verb")
        return _DENIED_ZH.get(verb, f"不{verb}") if alone else said["no"]
    return verb if said["yes"] in _YES_ZH or named.get("verb") else said["yes"]


def _english(reply: str, question: str) -> str:
    said, asked = _REPLY_EN.match(reply), _INVERTED.match(without_speaker(question))
    if not said or not asked or (said["no"] and _ALWAYS.search(asked["rest"])):
        return ""
    who, verb, rest = asked["who"] or "", asked["verb"], asked["rest"]
    who = "you" if who in ("i", "we", "one") else who
    denied = "not " if said["no"] else ""
    if verb in ("do", "does", "did") and not denied:
        verb = ""
    elif verb in ("is", "are") and not who:
        who, verb = "", ""  # are grapes safe: where the subject ends is not told
    words = (who, f"{verb} {denied}".strip(), rest)
    return f"{' '.join(word for word in words if word)}; {reply[said.end() :].strip()}"
