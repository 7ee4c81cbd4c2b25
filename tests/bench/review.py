"""The review app over 200,000 flags: pages, and verdicts while a crawl commits back to back.

usage: python -m tests.bench.review [FLAGS]
"""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from starlette.testclient import TestClient

from counterspin.model import CATEGORIES
from counterspin.settings import Settings
from counterspin.store import Store, runs
from reports.review.app import create_app
from reports.review.guard import Access

HOST = "127.0.0.1:8765"
TEXT = "更换滤芯前请先关闭进水阀,并放掉管路中的余压,以免漏水。安装后检查接口是否渗水,并冲洗五分钟。"
ORIGIN = {"sec-fetch-site": "same-origin", "origin": f"http://{HOST}"}


def fill(path: Path, count: int) -> None:
    """A database with ``count`` flags, five to a page, on a thousand hosts."""
    with Store.open(path) as store, store.transaction() as connection:
        run = runs.start(store, "analyse")
        runs.finish(store, run)
        pages = count // 5
        sites = ((n, f"host{n}.test", f"host{n}.test", run) for n in range(1, 1001))
        connection.executemany("INSERT INTO site(id,host,domain,first_run) VALUES(?,?,?,?)", sites)
        connection.executemany(
            "INSERT INTO page(id,site_id,url,url_key,first_run,last_run) VALUES(?,?,?,?,?,?)",
            (
                (n, n % 1000 + 1, f"http://host{n % 1000 + 1}.test/{n}", f"host{n % 1000 + 1}.test/{n}", run, run)
                for n in range(1, pages + 1)
            ),
        )
        connection.executemany(
            "INSERT INTO flag(id,fingerprint,fp_version,category,rule,page_id,text,start,end,score,severity,reason,"
            "counterpart_url,counterpart_text,machine_state,first_run,last_run,evidence_hash)"
            " VALUES(?,?,1,?,'rewrite',?,?,0,40,?,?,?,?,?,'new',?,?,'e')",
            (
                (n, f"{n:024x}", CATEGORIES[n % 6], n % pages + 1, TEXT, (n * 7919 % 9973) / 9973, n % 4 + 1,
                 "The passage resembles another", "http://other.test/", TEXT.replace("更换", "调换"), run, run)
                for n in range(1, count + 1)
            ),
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO evidence(flag_id,run_id,ord,role,url,text) VALUES(?,?,0,'subject','http://a.test/','更换')",
            ((n, run) for n in range(1, count + 1)),
        )


def crawl(path: str, until: float) -> None:
    """Commit batches of 200 rows back to back, as a crawl does at its worst."""
    with Store.open(path) as store:
        number = 0
        while time.time() < until:
            rows = range(number, number + 200)
            store.write(
                rows,
                lambda connection, n: connection.execute(
                    "INSERT INTO note(target_type,target_key,author,at,body) VALUES('site',?,'crawl','now',?)",
                    (str(n), TEXT),
                ),
            )
            number += 200


def percentile(times: list[float], share: float) -> float:
    return statistics.quantiles(times, n=100)[round(100 * share) - 1] * 1000


def timed(client: TestClient, paths: list[str]) -> list[float]:
    times = []
    for path in paths:
        begin = time.perf_counter()
        assert client.get(path).status_code == 200, path
        times.append(time.perf_counter() - begin)
    return times


def verdicts(client: TestClient, path: Path, count: int) -> tuple[list[float], int]:
    """Times of verdicts while another process writes, and how many failed."""
    process = multiprocessing.get_context("spawn").Process(target=crawl, args=(str(path), time.time() + 25))
    process.start()
    time.sleep(3)
    times, errors = [], 0
    for n in range(1, count + 1):
        begin = time.perf_counter()
        answer = client.post(f"/f/{n:024x}", data={"verdict": "confirmed"}, headers=ORIGIN)
        times.append(time.perf_counter() - begin)
        errors += answer.status_code != 303
    process.join()
    return times, errors


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "counterspin.db"
        fill(path, count)
        app = create_app(path, access=Access(frozenset({HOST}), "t"), settings=Settings(), reviewer="bench")
        with TestClient(app, base_url=f"http://{HOST}", follow_redirects=False) as client:
            client.get("/?token=t")
            queues = timed(client, [f"/q/{CATEGORIES[n % 6]}?after=3,0.{n:03d},5000" for n in range(100)])
            flags = timed(client, [f"/f/{n * count // 110 + 1:024x}" for n in range(100)])
            home = timed(client, ["/"] * 10)
            written, errors = verdicts(client, path, 300)
    print(
        f"{count} flags: queue p95 {percentile(queues, 0.95):.0f} ms, flag page p95 {percentile(flags, 0.95):.0f} ms, "
        f"home median {statistics.median(home) * 1000:.0f} ms"
    )
    print(
        f"verdict beside a crawl that commits back to back: p50 {percentile(written, 0.5):.0f} ms, "
        f"p99 {percentile(written, 0.99):.0f} ms, errors {errors} of 300"
    )
    print(f"peak memory of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
