"""Scrapy settings of the project. What depends on the user's settings is added in ``crawler.driving``.

Scrapy fetches; order, manners, robots.txt, redirects, retries and storing are ours (see ``crawler.desk``), so its own
middlewares for these are off.
"""

from __future__ import annotations

BOT_NAME = "counterspin"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
USER_AGENT = "counterspin"  # crawler.run adds version and contact, and refuses to start without a contact

SCHEDULER = "crawler.scheduler.FrontierScheduler"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the frontier's unique key is the filter
DOWNLOAD_DELAY = 0  # the agenda hands out a request when its host may be asked
DOWNLOAD_DELAY_JITTER = 0
AUTOTHROTTLE_ENABLED = False

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"  # crawler.answer.Tally counts
CONCURRENT_ITEMS = 1  # the spider yields none; Scrapy would start 100 tasks a page for them

DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}
# Nothing of what Scrapy puts between engine, spider and downloader is used; headers, limits and codings are ours
# (crawler.spiders.advice, crawler.transport). Emptied instead of switched off one by one: what is switched off is
# imported all the same, and what a later Scrapy switches on by itself (2.19: remote control) would run.
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
EXTENSIONS_BASE: dict[str, int] = {}

DOWNLOAD_FAIL_ON_DATALOSS = False  # a body cut short is marked and archived, not lost
DNS_TIMEOUT = 10
LOG_LEVEL = "WARNING"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
