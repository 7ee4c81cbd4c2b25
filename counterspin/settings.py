"""Every setting: one table of name, type, default, range, unit and help.

A section is a frozen dataclass; a field made with :func:`option` carries its range, unit and help. Values come
from the default, then ``counterspin.toml``, then ``COUNTERSPIN_SECTION_NAME``, then a flag (see
``counterspin.configuration``). Thresholds of a detector are fields of that detector; ``detect`` overrides them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def option(
    default: Any, help_: str, *, unit: str = "", low: float | None = None, high: float | None = None,
    choices: tuple[str, ...] = (),
) -> Any:  # fmt: skip
    """A field with what ``counterspin settings`` prints of it. ``low`` and ``high`` are included in the range."""
    facts = {"help": help_, "unit": unit, "low": low, "high": high, "choices": choices}
    if isinstance(default, (list, dict)):
        return field(default_factory=default.copy, metadata=facts)
    return field(default=default, metadata=facts)


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """The folder of a project."""

    name: str = option("counterspin", "name shown in reports")
    database: str = option("data/counterspin.db", "the SQLite file, relative to the project")
    warc: str = option("data/warc", "folder of the WARC files, relative to the project")
    timezone: str = option("Asia/Shanghai", "time zone of schedules; reports give UTC")
    locale: str = option("zh-CN", "language of reports and of the review app", choices=("zh-CN", "en"))


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """Manners, limits and focus of the crawler."""

    contact: str = option("", "address or page of who runs the crawl; goes into the user agent; required")
    delay: float = option(1.0, "least time between two requests to one host", unit="s", low=0.0, high=3600.0)
    concurrency: int = option(64, "requests at once over all hosts (one per host)", low=1, high=512)
    host_connections: int = option(
        1, "requests at once to one host; more only for a server of your own", low=1, high=64
    )
    readers: int = option(-1, "processes that read pages; -1: one less than cores, 0: none beside", low=-1, high=64)
    timeout: float = option(30.0, "whole download of one page", unit="s", low=1.0, high=600.0)
    max_bytes: int = option(8 * 1024 * 1024, "largest page after decompression", unit="bytes", low=1024, high=1 << 30)
    max_bytes_in_flight: int = option(
        128 * 1024 * 1024, "answers on their way at once over all hosts; one too many is broken off and asked again",
        unit="bytes", low=1 << 20, high=1 << 40,
    )  # fmt: skip
    max_pages: int = option(5000, "pages a run", low=1, high=10_000_000)
    max_seconds: int = option(7200, "time a run", unit="s", low=1, high=30 * 86_400)
    max_depth: int = option(8, "links from a seed", low=0, high=100)
    host_pages: int = option(500, "pages a host and run", low=1, high=1_000_000)
    channel_pages: int = option(500, "pages a channel (host and path prefix) and run", low=1, high=1_000_000)
    links_per_page: int = option(200, "links taken from one page, same site first", low=1, high=10_000)
    max_crawl_delay: float = option(
        30.0, "longest Crawl-delay obeyed; a longer one refuses the host", unit="s", low=1.0, high=86_400.0
    )
    focus: bool = option(True, "prefer pages like the seeds and stop when there are no more; off: take all that is met")
    sitemaps: bool = option(True, "read the sitemaps of hosts that have relevant pages")
    retries: int = option(1, "further tries of a failed page in one run", low=0, high=10)
    free_disk: int = option(500 * 1024 * 1024, "stop when less disk is free", unit="bytes", low=0, high=1 << 50)
    allow_private: tuple[str, ...] = option((), "exact host:port pairs that may be private addresses (intranet, tests)")
    proxy: str = option("", "HTTP proxy, for example http://127.0.0.1:8080; the environment's proxies are not used")
    verify_certificates: bool = option(True, "refuse pages with a wrong certificate")
    browser: bool = option(False, "show pages without text in a Chromium; needs `counterspin[browser]`")
    browser_program: str = option("", "the Chromium that is run; if empty the one on the path")
    browser_seconds: float = option(30.0, "time that a page may take in the browser", unit="s", low=1.0, high=600.0)
    browser_memory: int = option(
        1 << 30, "memory of the browser; a page that takes more is given up", unit="bytes", low=256 << 20, high=1 << 40
    )
    browser_sandbox: bool = option(True, "Chromium's own sandbox; off only in a container where root runs it")


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """Limits of the extraction workers."""

    workers: int = option(0, "worker processes; 0 takes one per core", low=0, high=256)
    seconds: int = option(20, "CPU time for one page; fifteen times it by the clock", unit="s", low=1, high=600)
    memory: int = option(2 << 30, "memory of one worker", unit="bytes", low=256 << 20, high=1 << 40)
    pages_per_worker: int = option(200, "a worker is replaced after so many pages", low=1, high=1_000_000)
    min_chars: int = option(40, "less main text makes a page empty", unit="characters", low=0, high=10_000)


@dataclass(frozen=True, slots=True)
class AnalyseSettings:
    """Engine and extent of the analysis."""

    workers: int = option(0, "worker processes; 0 takes one per core", low=0, high=256)
    engine: str = option("local", "where the analysis runs", choices=("local", "spark"))
    master: str = option("local[2]", "Spark master")
    max_chars: int = option(
        2_000_000, "longest document; the rest is cut and marked", unit="characters", low=1000, high=1 << 31
    )
    judge: str = option("", "second opinion on contradictions", choices=("", "nli", "llm"))
    judge_model: str = option("", "model folder (nli) or model name (llm)")
    judge_url: str = option("http://127.0.0.1:11434/v1", "OpenAI-compatible endpoint (llm)")


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """The review app."""

    port: int = option(8765, "port on the loopback address", low=1, high=65_535)
    lease_minutes: int = option(
        10, "how long a flag on one reviewer's screen comes later for others", unit="min", low=1, high=1440
    )
    second_reviewer: tuple[str, ...] = option((), "categories that want two reviewers")


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """Reports."""

    formats: tuple[str, ...] = option(("html", "json", "md"), "formats written by `report` and `run`")
    max_html: int = option(
        1_500_000,
        "largest HTML report; what is left out is counted in it",
        unit="bytes",
        low=100_000,
        high=100_000_000,
    )
    mask_personal_data: bool = option(True, "mask phone numbers, identity and card numbers, e-mail addresses")


@dataclass(frozen=True, slots=True)
class ScheduleSettings:
    """Runs by the clock."""

    cron: str = option("", "cron expression of `counterspin run`, in project.timezone")
    jitter: int = option(300, "a run starts up to so much later", unit="s", low=0, high=86_400)
    catch_up: bool = option(True, "start a run that was missed while the service was down")
    alert_command: str = option("", "command run when a run fails; the outcome is in its environment")
    alert_webhook: str = option("", "URL that gets a JSON POST when a run fails")


@dataclass(frozen=True, slots=True)
class Settings:
    """All sections. ``detect`` maps a rule to overrides of its thresholds."""

    project: ProjectSettings = field(default_factory=ProjectSettings)
    crawl: CrawlSettings = field(default_factory=CrawlSettings)
    extract: ExtractSettings = field(default_factory=ExtractSettings)
    analyse: AnalyseSettings = field(default_factory=AnalyseSettings)
    review: ReviewSettings = field(default_factory=ReviewSettings)
    report: ReportSettings = field(default_factory=ReportSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    detect: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
