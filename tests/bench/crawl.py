"""The crawl against `scrapy bench` and plain Scrapy spiders: pages a second and CPU a page, in paired runs.

    python -m tests.bench.crawl [PAGES]

One local server gives 5,000 pages of about 24 kB with 82 links; politeness is off. `scrapy bench` brings its own
server (4.3 kB, 20 links), whose CPU time is in its line. CPU is that of the crawling process with its start-up; the
processes that read pages are shown apart, with theirs. Seconds are those that Scrapy counts: modules are imported.
The empty spider fetches a list of addresses with our settings and does nothing else: what is left of any crawl when
all that is ours costs nothing; its start-up is left out.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from counterspin.store import Store
from crawler.simweb.prose import body_on, title_on

PAGES = 5000
LINKS = 82
SENTENCES = 28  # draws of sentences a page
SEEDS = 5  # pages that the crawl starts from: from a single one it would learn that little is like it, and end early


def page(number: int) -> bytes:
    """An article of about 27 kB on a made-up topic, with 82 links to other pages."""
    draws = random.Random(number)
    sentences = [sentence for _ in range(SENTENCES) for sentence in body_on(draws, "zh", "deposit")]
    body = "".join(f"<p>{''.join(sentences[at : at + 4])}</p>\n" for at in range(0, len(sentences), 4))
    targets = [draws.randrange(PAGES) for _ in range(LINKS)]
    items = [f'<li><a href="{address(to)}">{title_on(random.Random(to), "zh", "deposit")}</a></li>\n' for to in targets]
    title = title_on(random.Random(number), "zh", "deposit")
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body>"
        f"<div class=nav><ul>{''.join(items[: LINKS // 3])}</ul></div><div class=content><h1>{title}</h1>{body}"
        f"</div><div class=side><ul>{''.join(items[LINKS // 3 :])}</ul></div></body></html>"
    ).encode()


def address(number: int) -> str:
    """The path of a page: one each, so that a crawl has no more than ``PAGES`` to fetch."""
    return f"/info/{number % 40}/{number}.html"


class Server:
    """Serves the pages over keep-alive connections from a thread; answers are made once."""

    def __init__(self) -> None:
        self.cache: dict[int, bytes] = {}
        self.loop = asyncio.new_event_loop()
        self.port = self.loop.run_until_complete(self._listen())
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    async def _listen(self) -> int:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(self._answer(head.split(b" ", 2)[1].decode()))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, target: str) -> bytes:
        if target == "/robots.txt":
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        found = re.search(r"(\d+)\.html", target)
        number = int(found[1]) if found else 0
        if number not in self.cache:
            body = page(number)
            self.cache[number] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (
                len(body),
                body,
            )
        return self.cache[number]


def ours(server: Server, pages: int) -> tuple[int, float, float, float]:
    """Pages, seconds, CPU seconds of the crawling process, CPU seconds of the readers."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "counterspin.toml").write_text("")
        Store.open(Path(folder, "b.db")).close()  # as `counterspin init` makes it
        program = (
            "import sys,time,resource\n"
            "from pathlib import Path\n"
            "if __name__ == '__main__':\n"  # a reader imports the program as well: not what the crawl alone needs
            " from counterspin.settings import CrawlSettings, Settings\n"
            " from counterspin.store import Store\n"
            " from crawler.run import crawl\n"
            " from crawler.seeds import Seeds\n"
            f" folder=Path({folder!r}); port={server.port}\n"
            f" s=Settings(crawl=CrawlSettings(contact='a@b.example',delay=0.0,max_pages={pages},host_pages=100000,"
            "channel_pages=100000,max_depth=100,host_connections=16,focus=True,free_disk=0,readers=1,"
            "allow_private=(f'127.0.0.1:{port}',)))\n"
            " with Store.open(folder/'b.db') as store:\n"
            "  import crawler.scheduler, scrapy.core.downloader.handlers.http11\n"
            "  t=time.monotonic()\n"
            f"  urls=[f'http://127.0.0.1:{{port}}/info/{{n}}/{{n}}.html' for n in range({SEEDS})]\n"
            "  o=crawl(store,s,Seeds(urls=tuple(urls)),warc=folder/'warc')\n"
            "  print(o.tally.pages,time.monotonic()-t,time.process_time(),"
            "resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime+resource.getrusage(resource.RUSAGE_CHILDREN).ru_stime,"
            "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss//1024)\n"
        )
        script = Path(folder, "run.py")
        script.write_text(program)
        done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        count, seconds, cpu, readers, rss = done.stdout.split()
        print(f"  memory {rss} MB")
        return int(count), float(seconds), float(cpu), float(readers)


STORING = """
import io,sqlite3
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
class Storing:
 def open_spider(self):
  self.db=sqlite3.connect('plain.db',isolation_level=None); self.db.execute('PRAGMA journal_mode=WAL')
  self.db.execute('CREATE TABLE page(url TEXT UNIQUE, at REAL, status INT, size INT)')
  self.db.execute('CREATE TABLE link(url TEXT UNIQUE, anchor TEXT, via TEXT)')
  self.file=open('plain.warc.gz','wb'); self.warc=WARCWriter(self.file,gzip=True)
 def process_item(self,item):
  response,links=item['response'],item['links']
  head=StatusAndHeaders('200 OK',[(k.decode(),v[0].decode()) for k,v in response.headers.items()],protocol='HTTP/1.1')
  self.warc.write_record(self.warc.create_warc_record(response.url,'response',payload=io.BytesIO(response.body),http_headers=head))
  self.file.flush()
  self.db.execute('BEGIN')
  self.db.execute('INSERT OR IGNORE INTO page VALUES(?,?,?,?)',(response.url,0.0,response.status,len(response.body)))
  self.db.executemany('INSERT OR IGNORE INTO link VALUES(?,?,?)',[(link.url,link.text,response.url) for link in links])
  self.db.execute('COMMIT')
  return item
"""


def plain(server: Server, pages: int, *, storing: bool = False) -> tuple[int, float, float, float]:
    """A plain spider with LinkExtractor that follows all links; ``storing``: into WARC and SQLite, a page a commit."""
    kept = "   yield {'response': response, 'links': links}\n" if storing else ""
    program = (
        (STORING if storing else "") + "import scrapy\nfrom scrapy.linkextractors import LinkExtractor\n"
        "class Plain(scrapy.Spider):\n"
        " name='plain'\n links=LinkExtractor()\n"
        + (" custom_settings={'ITEM_PIPELINES': {Storing: 1}, 'LOG_LEVEL': 'INFO'}\n" if storing else "")
        + f" async def start(self):\n  yield scrapy.Request('http://127.0.0.1:{server.port}/info/0/0.html')\n"
        " def parse(self, response):\n"
        "  links=self.links.extract_links(response)\n"
        f"  if True:\n{kept}"
        "   for link in links:\n    yield scrapy.Request(link.url)\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "plain.py")
        script.write_text(program)
        options = {
            "CLOSESPIDER_PAGECOUNT": pages, "LOG_LEVEL": "INFO", "CONCURRENT_REQUESTS": 16,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "DOWNLOAD_DELAY": 0, "COOKIES_ENABLED": 0,
            "REMOTE_CONTROL_ENABLED": 0, "TELNETCONSOLE_ENABLED": 0,
        }  # fmt: skip
        arguments = [item for name, value in options.items() for item in ("-s", f"{name}={value}")]
        return _scrapy(["runspider", str(script), *arguments], folder)


EMPTY = """
import time
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings
class Empty(Spider):
 name='empty'
 async def start(self):
  for number in range({pages}):
   yield Request(f'http://127.0.0.1:{port}/{{number % {of}}}.html', dont_filter=True)
 def parse(self, response):
  return None
settings=Settings(); settings.setmodule('crawler.settings', priority='project')
settings.setdict({{'SCHEDULER': 'scrapy.core.scheduler.Scheduler', 'CONCURRENT_REQUESTS': 16,
 'CONCURRENT_REQUESTS_PER_DOMAIN': 16}}, 'cmdline')
process=CrawlerProcess(settings); process.crawl(Empty)
began, used=time.monotonic(), time.process_time()
process.start()
print(time.monotonic()-began, time.process_time()-used)
"""


def empty(server: Server, pages: int) -> tuple[int, float, float, float]:
    """What Scrapy itself costs with our settings, without start-up."""
    program = EMPTY.format(pages=pages, port=server.port, of=PAGES)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    seconds, cpu = map(float, done.stdout.split())
    return pages, seconds, cpu, 0.0


def bench() -> tuple[int, float, float, float]:
    """`scrapy bench`, ten seconds."""
    with tempfile.TemporaryDirectory() as folder:
        return _scrapy(["bench", "-s", "REMOTE_CONTROL_ENABLED=0", "-s", "TELNETCONSOLE_ENABLED=0"], folder)


def _scrapy(arguments: list[str], folder: str) -> tuple[int, float, float, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments], capture_output=True, text=True, cwd=folder, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    count = int(re.search(r"'downloader/response_count': (\d+)", done.stderr)[1])
    seconds = float(re.search(r"'elapsed_time_seconds': ([\d.]+)", done.stderr)[1])
    return count, seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 0.0


def show(name: str, result: tuple[int, float, float, float]) -> float:
    """Print a line; pages a second."""
    count, seconds, cpu, readers = result
    print(
        f"{name:14} {count:6} pages {count / seconds:8.1f} pages/s {1000 * cpu / count:7.2f} CPU ms/page"
        + (f" + {1000 * readers / count:.2f} in readers" if readers else "")
    )
    return count / seconds


def main(pages: int) -> None:
    server = Server()
    for number in range(PAGES):
        server._answer(f"/{number}.html")
    for turn in (1, 2):
        print(f"round {turn}, load {os.getloadavg()[0]:.1f}")
        show("empty spider", empty(server, pages))
        own = show("counterspin", ours(server, pages))
        other = show("plain spider", plain(server, pages))
        stored = show("plain, storing", plain(server, pages, storing=True))
        base = show("scrapy bench", bench())
        print(f"  {own / base:.2f} x scrapy bench, {own / other:.2f} x plain spider,"
              f" {own / stored:.2f} x plain spider that stores")  # fmt: skip
        time.sleep(1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1500)
