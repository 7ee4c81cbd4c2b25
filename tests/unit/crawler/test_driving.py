"""What of Scrapy is used to drive a crawl."""

from __future__ import annotations

import pytest
from scrapy.settings import Settings

from counterspin.settings import CrawlSettings
from crawler.driving import _scrapy_settings


@pytest.mark.parametrize("kind", ["DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS"])
def test_nothing_runs_beside_the_engine_that_scrapy_switches_on_by_itself(kind):
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(_scrapy_settings(CrawlSettings(), "agent"), priority="cmdline")
    assert dict(settings.getwithbase(kind)) == {}
