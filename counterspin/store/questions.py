"""What each named view answers, in the words of the people who ask. The views are the public query interface."""

from __future__ import annotations

from counterspin.errors import UsageError

QUESTIONS = {
    "q01_open_queue": "What is still to be judged?",
    "q02_new_since_last_run": "What is new since the last analysis?",
    "q03_gone_since_last_run": "What is gone since the last analysis, and why?",
    "q04_site_scorecard": "Which site has most spun pages?",
    "q05_top_clusters": "Which passages have most versions, over how many sites?",
    "q06_spinner_dictionary": "Which words replace which?",
    "q07_contradictory_advice": "Which questions get contradictory answers, and where?",
    "q08_pages_contradicting_themselves": "Which pages contradict themselves?",
    "q09_link_farm_edges": "Which domains link to which in link blocks, footers and comments?",
    "q10_same_icp_many_hosts": "Which hosts share a site licence?",
    "q11_review_progress": "How far is the review?",
    "q12_precision_by_rule": "How often is each rule right, by the verdicts?",
    "q13_reviewer_throughput": "Who judged how much, day by day?",
    "q14_disagreements": "On which flags do reviewers disagree?",
    "q15_stale_verdicts": "Which verdicts rest on evidence that has changed?",
    "q16_page_history": "Which versions of a page were fetched, and where are they archived?",
    "q17_first_seen_source": "Which member of a cluster is the oldest, by its own date or our first fetch?",
    "q18_boilerplate_share": "How much of the text of each host is not content?",
    "q19_trend": "How does the share of flagged pages go, run by run?",
    "q20_verdict_log": "Who said what about which flag, and when?",
    "q21_one_answer_only": "Which questions get one answer only, and from how many voices?",
    "q22_measures_not_compared": "Which sentences with a measure stand in no question, so that nothing was compared?",
    "q23_named_exits": "Which likenesses have a reason of their own (quoted, syndicated, converted) and raise no flag?",
    "q24_spinner_networks": "Which sites are spun by one operator, and what do they share?",
}


def view(name: str) -> str | None:
    """The view called ``name``, also by its number (``q04``); ``None`` for what is no name but SQL.

    Raises :class:`UsageError` for a name that looks like a view's but is none.
    """
    wanted = name.strip().lower()
    found = [known for known in QUESTIONS if known == wanted or known.split("_")[0] == wanted]
    if found:
        return found[0]
    if wanted.isidentifier():
        raise UsageError(f"{name}: there is no such query; `counterspin query` lists them, or give an SQL statement")
    return None
