"""Whose claim it is: what a page quotes, lets others say, or takes back is not its own.

Three things make a claim another's: a subject that stands for nobody in particular with a verb of saying or
believing (很多人觉得, people will tell you); a predicate in the same sentence that judges a quotation, a claim or a
demonstrative wrong (“…”的说法没有依据, the idea that … is a myth); a next sentence that opens by rejecting what was
said (其实不然, That is not true). After hearsay, a turn (其实, in fact) rejects as well.
"""

from __future__ import annotations

import re

_QUOTES = str.maketrans("“”「」『』‘’", '""""""\'\'')  # one pair of quotation marks of each kind

_CLAIMED_ZH = (
    r"(?:说法|讲法|观点|看法|想法|认识|认知|理解|传言|传闻|论调|流言|谣言|老话|俗话|印象|担心|误解|结论|建议|做法"
    r"|理由|经验|偏方|迷信)"
)
_THIS_ZH = r"[这那此该](?:种|个|些|样|句|完全|其实|根本|显然|实在|并|可|就|是|都|也|话|类|又)*"
# What denies is part of the phrase or stands before it: 不准确 rejects, 没错 and 不是谣言 do not.
_WRONG_ZH = (
    r"(?<!不是)(?<!并非)(?<!不算)(?<!没有)(?<!没)(?<!不会)"
    r"(?:错误|错得|错的|错了|大错特错|站不住|靠不住|经不起|说过头|夸大|夸张|片面|过时|老黄历|有误(?!差)|误区|误解|误会|误读|误传|讹传"
    r"|偏见|迷信|无稽之谈|胡说|胡扯|瞎说|骗人|忽悠|假的|假话|想当然|子虚乌有|伪科学|谣言|谣传|辟谣|并非(?:事实|如此)"
    r"|不(?:是很|太|够|是|大|那么|完全)?(?:对(?![应于着称劲])|准确|正确|科学|靠谱|可信|成立|真实|属实|实(?![用惠际行在])|可取|严谨)"
    r"|(?:没有?|缺乏|毫无|并无|无)(?:任何|什么|足够的?|科学|医学|半点|一点|实际)*的?(?:依据|根据|道理|证据)"
    r"|[没不][有是]?[这那](?:回|么回|码)事|不是真的|不是这样|不尽然|不然(?=\s*(?:[,。;!]|$))|恰恰相反|正好?相反|刚好相反|两码事)"
)
_WRONG_EN = (
    r"(?:\b(?:myths?|false|untrue|wrong(?! (?:size|way|type|kind|one|place|time|end|side))|incorrect|nonsense"
    r"|inaccurate|mistaken|misguided|misleading|outdated|out of date|misconceptions?|misunderstanding"
    r"|old wives' tales?|baseless|unfounded|debunked|disproved|disproven"
    r"|rubbish|bunk|superstition|exaggerated|overblown|bad advice|a tale"
    r"|fiction)\b"
    r"|(?:\bnot|n't) (?:at all |quite |really |entirely |actually |strictly |even |the )*"
    r"(?:true|right|correct|accurate|so|case|supported)\b"
    r"|\bno (?:scientific |real |good |medical )*(?:evidence|basis|truth|foundation)\b|(?:\bnot|n't) hold\b)(?! to\b)"
)
_CLAIMED_EN = (
    r"(?:idea|claim|notion|belief|advice|theory|tale|rumou?r|story|saying|assumption|suggestion|argument|view|wisdom"
    r"|assertion|myth|misconception)s?"
)
_IS_EN = (
    r"(?:\b(?:is|was|are|were|has|have|had|do|does|turns? out|remains?|rests? on)|'s)"
    r"(?:\s+(?!not\b|no\b|never\b)[\w'-]+){0,4}?\s*"
)
_REFUTED = {
    "zh": re.compile(
        rf"(?:\"|{_CLAIMED_ZH}|认为|以为|[说当]成|(?:^|[,;.] ?)(?:但|可|不过|其实|而)?{_THIS_ZH})"
        rf"[^。!?]{{0,14}}?{_WRONG_ZH}"
    ),
    "en": re.compile(
        rf"(?:\"|\b{_CLAIMED_EN}\b|(?:[,;] |\b(?:but|and) )(?:that|this|it|which)\b)[^.!?]{{0,90}}?{_IS_EN}{_WRONG_EN}"
    ),
}
_REFUTES_REST = {
    "zh": re.compile(r"不是[^,。]{0,12}[传说]的那?样"),
    "en": re.compile(
        rf"\bit(?:'s| is| was) (?:also |just |simply )*(?:an? )?{_WRONG_EN} that\b"
        r"|\bit(?:'s| is) (?:wrong|a mistake|a myth) to (?:think|say|believe|assume|claim)\b"
        r"|\b(?:misconception|myth)s? (?:that|is that|about|:)"
    ),
}
_AGAINST = re.compile(
    r"\s*(?:contrary to|despite|whatever) [^,.;]{3,60},|\s*(?:不像|与|和)[^,。]{2,20}(?:不同|相反|那样),"
)
_REJECTS = {
    "zh": re.compile(
        r"\s*\"?(?:但|可|不过|可是|然而)?(?:其实|事实上|实际上|实际|事实|真相)?(?:是|却|恰好)?[,:]?"
        rf"(?:(?:{_THIS_ZH}|以上)(?:{_CLAIMED_ZH}|话)?[^。!?,]{{0,10}}?{_WRONG_ZH}"
        r"|不然|并非如此|并不是这样|不是这样|不是这么回事|恰恰相反|正好?相反|刚好相反|错[了啦!。,]|大错特错|不对[。!,]|非也"
        r"|假的[。!,]|谣言|误区|胡说|瞎说|别信|别当真|(?:不要|切勿|千万别|千万不要|不能|不可)(?:轻)?信|[没不][有是]?[这那](?:回|么回)事)"
    ),
    "en": re.compile(
        r"\s*\"?(?:(?:but|and|well|yet|sadly|sorry|in fact|in reality|actually|however|alas),? )*"
        r"(?:(?:that|this|it|they|he|she|the (?:claim|idea|notion|belief|advice))\b"
        rf"(?:(?:'s| is| was| are| were| has| have| does)?(?=n't)|{_IS_EN}){_WRONG_EN}"
        r"|(?:that|this|it)(?:'s| is) (?:just |only )?(?:an? )?(?:old )?(?:myth|tale)\b"
        r"|(?:wrong|false|nonsense|rubbish|untrue|myth|bunk|not (?:so|true|quite|really|at all)|nope|far from it"
        r"|quite the (?:opposite|contrary)|on the contrary)\s*(?:[.!,;:-]|$)"
        r"|(?:the )?(?:opposite|reverse) is true|(?:don't|do not|never) (?:believe|fall for|listen to)\b)"
    ),
}
_TURNS = {
    "zh": re.compile(r"\s*(?:但|可|不过|可是|然而)?[^,。]{0,2}(?:其实|事实上|实际上|真相|事实是|实则)"),
    "en": re.compile(r"\s*(?:but |however,? )?(?:in fact|in reality|actually|the truth|in truth|the fact is)\b"),
}
_TURNS_INSIDE = {
    "zh": re.compile(
        r"[,;:](?=(?:但|可是|可|不过|然而)?[^,。]{0,2}(?:其实|事实上|实际上|真相是|事实是|实则|但是?|然而|不过|可是))"
    ),
    "en": re.compile(r"[,;:] (?=(?:but|yet|however|in fact|in reality|actually|the truth)\b)"),
}
_SAID = {
    "zh": re.compile(
        r"(?:很多|不少|许多|好多|好些|多数|大部分|有些|有的|一些|某些|个别|身边|周围|总有|常有|有|老一辈|老辈|上一辈|长辈|民间|坊间"
        r"|网上|网络|朋友圈|短视频|邻居|亲戚|大家)[^,。;不没]{0,6}?"
        r"(?:(?<![小据如比虽听再])[说讲](?![明究话起述])|觉得|认为|以为|相信|盛传|流传|传[说言着]|声称|宣称|当成|当作)"
        r"|(?:常|总|老|经常|时常|也|曾)听(?:人|到|别人|老人)?[^,。;]{0,6}?[说讲]|俗话说|老话讲|传说|误(?:以为|认为)"
    ),
    "en": re.compile(
        r"\b(?:people|folks?|everyone|everybody|somebody|someone|others|they|neighbou?rs?|friends?|relatives?"
        r"|grand(?:mother|father|ma|pa)|mother|father|mum|mom|dad|aunt|uncle|parents?|owners?|salesm[ae]n|sellers?"
        r"|influencers?|bloggers?|websites?|forums?|internet|tradition|legend|rumou?r|some|many|most)"
        r"\s+(?:of (?:us|them) )?"
        r"(?:(?:will|would|may|might|often|always|still|usually|once|sometimes|wrongly|mistakenly|tend to|like to"
        r"|used to) )*"
        r"(?:says?|said|thinks?|thought|believed?|believes|claim(?:s|ed)? that|insist(?:s|ed)?|swears?|swore|tells?"
        r"|told|assumed?|assumes|reckons?|has it)\b"
        r"|\byou(?:'ll| will| may| might|'ve| have)? (?:often |probably |sometimes |always )*"
        r"(?:hear|heard|(?:been )?told|read (?:that|online|somewhere))\b"
        r"|\bthere(?: is|'s) an? (?:\w+ )?(?:belief|idea|notion|rumou?r|theory|saying|story)\b"
        r"|\bit(?: is|'s) (?:often |widely |commonly |sometimes )*(?:said|believed|thought|claimed|assumed)\b"
    ),
}


def others_words(text: str, language: str, *, hearsay: bool) -> int:
    """How far from its start the sentence (normal form) is not the page's own, in code points; 0 if it all is.

    A predicate that judges what it quotes or names to be wrong ends what it judges; ``hearsay`` ends at a turn
    (其实, but), else with the sentence.
    """
    plain = _plain(text)
    if against := _AGAINST.match(plain):
        return against.end()  # contrary to popular belief, …: the rest is the page's own
    refuted = _REFUTED[language].search(plain)
    hearsay = hearsay or bool(_REFUTES_REST[language].search(plain))
    if hearsay or _SAID[language].search(plain):
        turn = _TURNS_INSIDE[language].search(plain)
        return max(turn.start() if turn else len(text), refuted.end() if refuted else 0)
    return refuted.end() if refuted else 0


def rejects(text: str, before: str, language: str) -> bool:
    """Whether the sentence opens by rejecting the one ``before`` it; after hearsay a mere turn (其实) does so."""
    plain = _plain(text)
    if _REJECTS[language].match(plain):
        return True
    return bool(_TURNS[language].match(plain) and _SAID[language].search(_plain(before)))


def _plain(text: str) -> str:
    return text if text.isascii() else text.translate(_QUOTES)
