"""The words of the interface, Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Callable

from counterspin.wording import said_in
from reports.words import LANGUAGES
from reports.words import words as report_words

_WORDS: dict[str, tuple[str, str]] = {
    "review": ("审核", "Review"),
    "queues": ("待审队列", "Queues"),
    "all": ("全部", "All"),
    "clusters": ("同源段落", "Clusters"),
    "sites": ("网站", "Sites"),
    "dictionary": ("替换词典", "Dictionary"),
    "questions": ("矛盾问题", "Questions"),
    "search": ("搜索", "Search"),
    "reviewer": ("审核人", "Reviewer"),
    "change": ("更改", "Change"),
    "spun": ("洗稿", "Spun"),
    "contradictory": ("矛盾", "Contradictory"),
    "padded": ("注水", "Padded"),
    "damaged": ("残缺", "Damaged"),
    "copied": ("复制", "Copied"),
    "link_farm": ("链接农场", "Link farm"),
    "open": ("待审", "open"),
    "stale": ("证据有变", "evidence changed"),
    "confirmed": ("已确认", "confirmed"),
    "false_positive": ("误报", "false positive"),
    "unsure": ("不确定", "unsure"),
    "not_actionable": ("无需处理", "not actionable"),
    "withdrawn": ("已撤回", "withdrawn"),
    "reopened": ("已重开", "reopened"),
    "second": ("需第二人复核", "wants a second reviewer"),
    "decided": ("已审", "decided"),
    "of": ("共", "of"),
    "confirm": ("确认", "Confirm"),
    "reject": ("误报", "False positive"),
    "skip": ("跳过", "Skip"),
    "undo": ("撤回", "Undo"),
    "next": ("下一条", "Next"),
    "previous": ("上一条", "Previous"),
    "note": ("备注", "Note"),
    "keys": ("按键", "Keys"),
    "close": ("关闭", "Close"),
    "why": ("理由", "Why"),
    "passage": ("段落", "Passage"),
    "counterpart": ("对照段落", "Compared with"),
    "evidence": ("证据", "Evidence"),
    "history": ("审核记录", "History"),
    "neighbours": ("同页其他标记", "Other flags on this page"),
    "swaps": ("替换", "Swaps"),
    "sources": ("来源", "Sources"),
    "before": ("先前的证据", "Evidence before"),
    "now": ("现在的证据", "Evidence now"),
    "published": ("页面日期", "Page says"),
    "fetched": ("抓取时间", "Fetched"),
    "archived": ("存档位置", "Archive"),
    "fingerprint": ("指纹", "Fingerprint"),
    "rule": ("规则", "Rule"),
    "score": ("分值", "Score"),
    "severity": ("严重程度", "Severity"),
    "runs": ("首见 / 末见批次", "First / last run"),
    "cluster": ("同源段落组", "Cluster"),
    "members": ("成员", "Members"),
    "similarity": ("相似度", "Similarity"),
    "judge_all": ("全部判定", "Judge all open"),
    "sample": ("抽样", "Sample"),
    "source_guess": ("可能的来源", "Probable source"),
    "from": ("原词", "From"),
    "to": ("替换为", "To"),
    "hits": ("次数", "Hits"),
    "pages": ("页面", "Pages"),
    "contexts": ("例句", "In context"),
    "question": ("问题", "Question"),
    "flags_of_question": ("这个问题下的标记", "Flags on this question"),
    "answers": ("不同说法", "Answers"),
    "voices": ("独立来源", "Independent voices"),
    "conflict": ("矛盾", "conflict"),
    "varies": ("因情况而异", "varies"),
    "rule_changed": ("规定有变", "rule changed"),
    "agreed": ("一致", "agreed"),
    "must": ("必须", "must"),
    "mustnot": ("不得", "must not"),
    "may": ("可以", "may"),
    "noneed": ("不必", "need not"),
    "should": ("应当", "should"),
    "shouldnot": ("不应", "should not"),
    "will": ("会", "will"),
    "affirmed": ("肯定", "affirmed"),
    "not": ("否定", "denied"),
    "only": ("只有这一种", "only this one"),
    "also": ("还有别的", "others as well"),
    "for": ("赞成", "for"),
    "against": ("反对", "against"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "nothing_left": ("这个队列已经审完。", "This queue is done."),
    "no_database_yet": ("还没有数据。先运行 counterspin crawl。", "Nothing here yet. Run counterspin crawl first."),
    "snapshot": ("正文快照（纯文字）", "Snapshot (text only)"),
    "removed": ("被去除的部分", "Taken out"),
    "gone": ("本次分析已不再出现", "not found by the last analysis"),
    "moved": (
        "证据在你查看期间发生了变化，没有保存任何内容。",
        "The evidence changed while you were looking; nothing was stored.",
    ),
    "look_again": ("重新查看", "Look again"),
    "not_aligned": ("两段差异较大，未逐词对齐。", "Too different to be laid side by side word by word."),
    "added": ("增", "added"),
    "deleted": ("删", "deleted"),
    "licence": ("备案号", "Licence"),
    "twins": ("同备案号的网站", "Sites with the same licence"),
    "decide_all_sure": ("将判定以下全部", "This judges all of"),
    "results": ("条结果", "results"),
    "read_only": ("只读模式", "Read-only"),
    "skip_to": ("跳到正文", "Skip to content"),
    "not_found": ("没有找到。", "Not found."),
    "left_out": ("另有未显示", "not shown"),
    "machine_only": ("以下为程序判断，尚未经人工审核。", "Found by rules; not reviewed by a person yet."),
}
LOCALES = ("zh-CN", "en")


def words(locale: str) -> Callable[[str], str]:
    """The look-up for a locale; a word that is not in the table stands for itself, what a rule said is translated."""
    column = 0 if locale == "zh-CN" else 1
    named = report_words(locale if locale in LANGUAGES else "en")

    def look_up(name: str) -> str:
        if name.startswith(("rule.", "role.")):  # names of rules and of pieces of evidence, as in the report
            return named(name)
        pair = _WORDS.get(name)
        return pair[column] if pair else said_in(name, locale)

    return look_up
