"""The page shows the orders that its text was written to: words for a machine, not for a reader.

Placeholders and tags of a prompt (<绝对性回答:…>, 【重点内容加粗显示】, {keyword}), talk of the making of the text
(结合语料库中的信息, 将以2500字的篇幅), and the assistant's own voice (As an AI language model, 希望本文符合您的要求).

Not a leak: pages about such tools that speak of prompts in general, quotations, essays with a length set by a teacher.

Source: leaks on five hosts (our study of 301 pages, section 3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from counterspin.identity import new_flag
from counterspin.model import Document, Flag, Passage
from counterspin.text.corpus import Corpus
from counterspin.text.normal import fold
from counterspin.text.quote import quote, short
from counterspin.wording import Wording

FLAGS = (
    "本文将结合语料库中的信息，为您介绍绿萝的养法。",
    "（以下为小标题优化后的内容）\n# 浇水",
    "本文将以2500字的篇幅介绍换锁的步骤。",
    "<结论：需要尽快处理，引导用户留言>",
    "【重点内容加粗显示】浇水要见干见湿。",
    "As an AI language model, I cannot give legal advice, but here are some tips.",
    "Here is a rewritten version of the article with the keyword included:",
    "请在本周内联系{城市名}的服务网点。",
)
PASSES = (
    "本文介绍绿萝的养法，资料来自园艺手册。",
    "语料库语言学是一门研究真实语言材料的学科，本文将介绍语料库的建设。",
    "老师要求写一篇八百字的作文。",
    "使用方法：<温水>送服。",
    'In Python, f"{name}" puts the value of name into the text.',
    "AI language models can write text; ask a lawyer before you rely on it.",
    "《关于优化营商环境的意见》发布后，标题和内容都有修改。",
)

# Mechanisms, each with what it gives away. Matched on the folded text (half-width marks, lower case).
_LEAKS = (
    (Wording(en="an instruction in brackets", zh="括号里的指令"), re.compile(
        r"[(\[【<][^()\[\]【】<>\n]{0,24}(?:加粗|标红|高亮)(?:显示|处理|展示)?[)\]】>]"
        r"|[(\[【<](?:以下|以上|此处|这里|下面)[^()\[\]【】<>\n]{0,20}(?:优化|改写|润色|生成|插入|补充|填写|替换|扩写|续写|省略)[^()\[\]【】<>\n]{0,16}[)\]】>]"
        r"|[(\[【<](?:此处|这里)?(?:插入|填写|添加|补充)[^()\[\]【】<>\n]{1,16}[)\]】>]"
        r"|\[(?:insert|your|add|replace)\s[^\]\n]{2,40}\]")),
    (Wording(en="a tag of a prompt", zh="提示词的标签"), re.compile(
        r"<(?:[一-鿿]{2,8})[::][^<>\n]{0,60}>|</?[一-鿿]{2,8}(?:开始|结束|内容|部分|正文|标题|摘要)>"
        r"|[{][{]?\s?[一-鿿]{2,8}\s?[}][}]?|\{\{?\s?(?:keyword|title|city|topic|company|brand|name|product)s?\d?\s?\}?\}")),
    (Wording(en="talk of the making of the text", zh="关于如何生成文章的话"), re.compile(
        r"(?:结合|根据|基于|参考|利用)[^。,;\n]{0,8}(?:语料库|语料|素材库|知识库)[^。,;\n]{0,4}(?:的|中|里|内)[^。,;\n]{0,4}(?:信息|内容|资料|文本)"
        r"|以\s?\d{3,5}\s?字(?:左右|以内|以上)?的(?:篇幅|长度|文章)"
        r"|(?:字数|篇幅)(?:控制|限制|要求)在\s?\d{3,5}\s?字"
        r"|(?:小标题|标题|段落|文章|原文|内容)(?:优化|改写|润色|伪原创|重写|扩写)(?:后|之后)的?(?:内容|版本|文章|标题|结果|如下)"
        r"|(?:以下|下面)(?:是|为)(?:我|为您|为你|根据您的要求)?[^。,;\n]{0,10}(?:改写|润色|重写|扩写|生成)(?:后)?的(?:文章|内容|版本|文案)"
        r"|(?:rewritten|paraphrased|expanded|seo-optimi[sz]ed)\s(?:version|content|article|text)\s(?:of|with|for|based)\s[^.\n]{0,40}(?:keyword|article|content|text|prompt|original)"
        r"|(?:target|focus)\skeywords?\s?:|word\scount\s?:\s?\d|\bmeta\sdescription\s?:")),
    (Wording(en="the voice of a writing machine", zh="写作机器的口吻"), re.compile(
        r"作为一(?:个|名|款)?(?:ai|人工智能|大型?语言模型)[^。\n]{0,6}(?:助手|模型|语言模型)?[,，]?\s?我(?:无法|不能|没有|会|将|可以|的)"
        r"|希望(?:这篇|以上|本)(?:文章|内容|回答|文案)[^。\n]{0,8}(?:符合|满足)(?:您|你)的(?:要求|需求|期望)"
        r"|(?:如果|若)(?:您|你)(?:需要|还需要)(?:我)?(?:进一步)?(?:修改|调整|优化|扩写|润色)[^。\n]{0,12}(?:请|随时)(?:告诉我|告知)"
        r"|as an ai (?:language )?(?:model|assistant|developed)"
        r"|i(?:'m| am) sorry,? but (?:as an ai|i can(?:'|no)t (?:assist|fulfil))"
        r"|(?:certainly|sure)[!,] here(?:'s| is| are) (?:a|an|the|your|some) [^.\n]{0,50}"
        r"(?:article|version|rewrite|paragraph|section|title|heading)"
        r"|i hope this (?:article|version|content) meets your (?:requirements|needs)")),
)  # fmt: skip
_QUOTED = re.compile(r"[“\"「『‘][^”\"」』’]*$")
_ABOUT = re.compile(
    r"提示词|prompt|chatgpt|语言模型|大模型|人工智能写作|gpt|f-string|jinja|template engine|模板(?:引擎|语法)|占位符"
    r"|placeholder",
    re.IGNORECASE,
)

REASON = Wording(
    en="“{text}” is {what}: it speaks to a machine, not to a reader.",
    zh="“{text}”是{what}：这是说给机器的话，不是说给读者的。",
)


@dataclass(frozen=True, slots=True)
class PromptLeak:
    """``scan`` gives one flag for each leak."""

    max_about: int = 2  # words about such tools on a page; a page with more is about them and is left alone
    name: str = field(default="prompt_leak", init=False)
    category: str = field(default="spun", init=False)
    version: int = field(default=1, init=False)

    def scan(self, document: Document, _corpus: Corpus, /) -> Iterator[Flag]:
        """The leaks of the page, in order."""
        if len(_ABOUT.findall(document.text)) > self.max_about:
            return
        for passage in document.passages:
            text = fold(passage.text)
            for what, pattern in _LEAKS:
                for match in pattern.finditer(text):
                    if not _QUOTED.search(text[: match.start()]):
                        yield self._flag(document, passage, match, what())

    def _flag(self, document: Document, passage: Passage, match: re.Match[str], what: str) -> Flag:
        start, end = passage.start + match.start(), passage.start + match.end()
        return new_flag(
            self.category,
            self.name,
            document.url,
            passage,
            score=0.9,
            reason=REASON(text=short(document.text[start:end], longest=40), what=what),
            evidence=(quote(document, start, end, note=what),),
            severity=3,
            key=match.group(),
        )


DETECTOR = PromptLeak()
