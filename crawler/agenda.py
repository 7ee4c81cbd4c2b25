"""What to fetch next: the best channel of the hosts that may be asked now, then the best page of that channel.

In memory stand hosts and channels with something queued; the pages stay in the database, so memory does not grow
with the frontier. Picking takes one query and a few steps of a heap, however many pages wait.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count

from counterspin.store.frontier import FOUND_RANK, OWNED_SECONDS, ChannelRow, Frontier, HostRow, NewLink, Rise, Row
from crawler.manners import Host
from crawler.order import Channel, Order
from crawler.robots import LIFE, RETRY, Rules, rules_of

REDRAWN = 4  # hosts whose place is drawn anew at each step, so that a bad draw does not last
MAX_WAIT = 900.0  # s; a host that cannot be asked for longer is left to the next run
MAX_HOLD = 30.0  # s that a slot stays empty for a better page behind a host that rests
HELD_FOR = 0.25  # s for which the worth of what waits is taken as known: looking it up takes a step a host
BAR = 0.8  # share of that page's worth from which another one is asked meanwhile
MAX_PASSED = 64  # poor hosts looked at in one step
EXPLORED_SHARE = 0.05  # of the pages that may lie below the bar
MAX_DRAWN = 200  # channels of a host that are drawn from at once: a host of blogs has thousands
LOOKAHEAD = 8  # best pages of a channel that are scored anew before one is taken


Rescore = Callable[[list[Row]], list[float]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may take."""

    delay: float
    host_pages: int
    channel_pages: int
    host_connections: int = 1


@dataclass(frozen=True, slots=True)
class Task:
    """A request to send: a page (``row``), or the robots.txt of the host when ``row`` is ``None``."""

    host: Host
    row: Row | None
    url: str


class Agenda:
    """Hosts, channels and their order for one run."""

    def __init__(
        self, frontier: Frontier, order: Order, limits: Limits, *, seed: int = 0, rescore: Rescore | None = None
    ) -> None:
        self.frontier = frontier
        self.order = order
        self.limits = limits
        self.hosts: dict[int, Host] = {}
        self.channels: dict[int, Channel] = {}
        self._random = random.Random(seed)
        self._heap: list[tuple[int, float, int, int, int]] = []  # -rank, -value, number, host, channel
        self._entry: dict[int, int] = {}  # host -> number of its valid entry
        self._ready: list[int] = []
        self._place: dict[int, int] = {}  # host -> where it stands in _ready
        self._later: list[tuple[float, int]] = []
        self._numbers = count()
        self._rescore = rescore
        self.busy = 0
        self._held: dict[int, float] = {}  # host that cannot be asked now -> worth of its best page
        self._held_at = float("-inf")
        self._held_best = 0.0
        self._picked = 0
        self._explored = 0

    def load(self, now: float) -> None:
        """Take up what is queued in the database."""
        for host in self.frontier.hosts():
            self._take_host(host)
        for channel in self.frontier.channels():
            self._take_channel(channel)
        for number in list(self.hosts):
            self._place_host(number, now)

    def offer(self, added: Iterable[tuple[int, bool, NewLink | Rise]], now: float) -> None:
        """Links came into the frontier (see ``Frontier.add``)."""
        touched: set[int] = set()
        for number, is_new, link in added:
            channel = self.channels.get(number) or self._fetch_channel(number)
            is_better = not channel.pending or link.rank > channel.rank or link.score > channel.score
            channel.pending += is_new
            channel.rank = max(channel.rank, link.rank)
            channel.score = max(channel.score, link.score)
            if is_better:  # what is no better than the best that waits there changes nothing about its place
                touched.add(channel.host_id)
        for host in touched:
            self._place_host(host, now)

    def next(self, now: float) -> Task | None:
        """The next request, its row taken and its host marked busy; ``None`` if nothing may be asked now."""
        self._wake(now)
        self._redraw(now)
        poor: list[tuple[int, float, int, int, int]] = []
        task = None
        while self._heap and task is None and len(poor) < MAX_PASSED:
            entry = heapq.heappop(self._heap)
            rank, _, number, host_id, channel_id = entry
            if self._entry.get(host_id) != number:
                continue
            if rank == -FOUND_RANK and self._is_poor(self.channels[channel_id], now):
                poor.append(entry)
                continue
            self._unplace(host_id)
            task = self._task(self.hosts[host_id], self.channels[channel_id], now)
            if task is not None:
                task.host.busy += 1
                self.busy += 1
            self._place_host(host_id, now)
        for entry in poor:
            heapq.heappush(self._heap, entry)
        return task

    def release(self, host: Host, now: float) -> None:
        """A request to a host has ended; its time to rest was set before."""
        host.busy -= 1
        self.busy -= 1
        self._place_host(host.id, now)

    def unasked(self, host: Host) -> None:
        """A task was given back without a request: it does not count against the host's budget."""
        host.fetched -= 1

    def wake_at(self) -> float | None:
        """When the next host that rests may be asked again."""
        return self._later[0][0] if self._later else None

    def has_work(self, now: float) -> bool:
        """Whether a request is under way, or one can be sent within ``MAX_WAIT``."""
        self._wake(now)
        return bool(self._ready or self.busy or (self._later and self._later[0][0] <= now + MAX_WAIT))

    def merge(self, authorities: tuple[str, str]) -> None:
        """Two hosts serve the same pages: from now on they and their mirrors share one budget."""
        named = [host for host in self.hosts.values() if host.authority in authorities]
        together = {host.id for host in named}.union(*(host.mirrors for host in named))
        for number in together:
            self.hosts[number].mirrors = frozenset(together)

    def rules_of(self, authority: str) -> Rules | None:
        """What is known of a host by its robots.txt."""
        return next((host.rules for host in self.hosts.values() if host.authority == authority), None)

    def close_host(self, host: Host, code: str) -> None:
        """Leave a host alone for the rest of this run; its pages stay queued for the next."""
        host.code = code
        self._unplace(host.id)

    def forget_channel(self, channel_id: int) -> None:
        """Nothing is queued in this channel any more."""
        channel = self.channels.pop(channel_id, None)
        if channel is not None:
            self.hosts[channel.host_id].channels.discard(channel_id)

    # ---- hosts and channels in memory

    def _take_host(self, row: HostRow) -> Host:
        failing = row.robots_failing_since
        host = Host(
            id=row.id, authority=row.host, domain=row.domain, base_delay=self.limits.delay,
            delay=max(self.limits.delay, row.delay), ready_at=row.ready_at, failures=0,
            robots_at=row.robots_at, robots_failing_since=failing, robots_text=row.robots_text,
            robots_status=row.robots_status, dropped=frozenset(row.dropped.split()),
            code=row.code if row.closed_run == self.frontier.run else None,
        )  # fmt: skip
        if row.robots_at is not None:
            host.rules = rules_of(row.robots_status, row.robots_text)
        self.hosts[row.id] = host
        return host

    def _take_channel(self, row: ChannelRow) -> Channel:
        channel = Channel(row.id, row.host_id, row.prefix, row.fetched, row.relevant, row.pending, row.rank, row.score)
        self.channels[row.id] = channel
        if row.host_id not in self.hosts:
            self._take_host(self.frontier.hosts([row.host_id])[0])
        self.hosts[row.host_id].channels.add(row.id)
        return channel

    def _fetch_channel(self, number: int) -> Channel:
        return self._take_channel(self.frontier.channel(number))

    # ---- who is ready

    def _place_host(self, number: int, now: float) -> None:
        """Put a host where it belongs: among the ready with its best channel, or among those that rest."""
        host = self.hosts[number]
        self._unplace(number)
        if self._held.pop(number, 0.0) >= self._held_best:
            self._held_at = float("-inf")  # the best of what waited is no longer held
        if host.code is not None:
            return
        is_busy = host.busy >= self.limits.host_connections
        if is_busy or host.ready_at > now:
            self._hold(host, now)
            if not is_busy:
                heapq.heappush(self._later, (host.ready_at, number))
            return
        best = self._best_channel(host, now)
        if best is None:
            return
        rank, value, channel = best
        entry = next(self._numbers)
        self._entry[number] = entry
        self._place[number] = len(self._ready)
        self._ready.append(number)
        heapq.heappush(self._heap, (-rank, -value, entry, number, channel))

    def _hold(self, host: Host, now: float) -> None:
        """Note what waits behind a host that must not be asked now."""
        waiting = [self.channels[number] for number in host.channels]
        worth = max((self.order.expected(channel) for channel in waiting if _is_open(channel, now)), default=0.0)
        if worth:
            self._held[host.id] = worth
            if host.ready_at <= now + MAX_HOLD:
                self._held_best = max(self._held_best, worth)

    def _is_poor(self, channel: Channel, now: float) -> bool:
        """Whether better pages wait behind hosts that can soon be asked: then a slot stays empty.

        The budget counts pages, not time: 64 slots filled with whatever is ready would spend it on poor ones. A small
        share of the pages goes to poor places all the same, to find what is not known yet.
        """
        if self.order.expected(channel) >= BAR * self._best_held(now):
            return False
        if self._explored < EXPLORED_SHARE * self._picked:
            self._explored += 1
            return False
        return True

    def _best_held(self, now: float) -> float:
        """The worth of the best page behind a host that can soon be asked; looked up anew now and then."""
        if not self._held_at <= now < self._held_at + HELD_FOR:
            soon = now + MAX_HOLD
            waiting = (worth for host, worth in self._held.items() if self.hosts[host].ready_at <= soon)
            self._held_at, self._held_best = now, max(waiting, default=0.0)
        return self._held_best

    def _unplace(self, number: int) -> None:
        if self._entry.pop(number, None) is None:
            return
        place = self._place.pop(number)
        last = self._ready.pop()
        if last != number:
            self._ready[place] = last
            self._place[last] = place

    def _best_channel(self, host: Host, now: float) -> tuple[int, float, int] | None:
        numbers: Iterable[int] = host.channels
        if len(host.channels) > MAX_DRAWN:
            numbers = self._random.sample(tuple(host.channels), MAX_DRAWN)
        waiting = [self.channels[number] for number in numbers]
        open_ = [item for item in waiting if _is_open(item, now)]
        if not open_ and len(host.channels) > MAX_DRAWN:
            open_ = [item for item in map(self.channels.__getitem__, host.channels) if _is_open(item, now)]
        if not open_:
            return None
        values = self.order.values(open_)
        return max((channel.rank, value, channel.id) for channel, value in zip(open_, values, strict=True))

    def _wake(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            _, number = heapq.heappop(self._later)
            if number not in self._entry:
                self._place_host(number, now)

    def _redraw(self, now: float) -> None:
        for _ in range(min(REDRAWN, len(self._ready))):
            self._place_host(self._ready[self._random.randrange(len(self._ready))], now)

    # ---- from a channel to a request

    def _task(self, host: Host, channel: Channel, now: float) -> Task | None:
        if not self._owns(host, now):
            host.ready_at = now + OWNED_SECONDS / 4
            return None
        rows = self._best_rows(channel, now)
        if not rows:
            self._settle_empty(channel, now)
            return None
        (_, _, row), *others = rows
        if _wants_robots(host, now):
            scheme = row.url.partition(":")[0]
            return Task(host, None, f"{scheme}://{host.authority}/robots.txt")
        self.frontier.take(row)
        self._picked += 1
        channel.pending -= 1
        channel.rank, channel.score = others[0][:2] if others else (0, 0.0)
        channel.run_fetched += 1
        host.fetched += 1
        self._apply_budgets(host, channel)
        return Task(host, row, row.url)

    def _owns(self, host: Host, now: float) -> bool:
        if host.owned_until > now + OWNED_SECONDS / 2:
            return True
        if not self.frontier.own(host.id, now):
            return False
        host.owned_until = now + OWNED_SECONDS
        return True

    def _best_rows(self, channel: Channel, now: float) -> list[tuple[int, float, Row]]:
        """The best pages of a channel with rank and score by what is known now, best first."""
        rows = self.frontier.best(channel.id, now, count=LOOKAHEAD)
        scores = self._rescore(rows) if self._rescore else [row.score for row in rows]
        scored = [(row.rank, score, row) for row, score in zip(rows, scores, strict=True)]
        return sorted(scored, key=lambda one: (one[0], one[1], -one[2].id), reverse=True)

    def _settle_empty(self, channel: Channel, now: float) -> None:
        """Nothing may be fetched in this channel now: it is empty, or its pages wait for another attempt."""
        until = self.frontier.waiting_until(channel.id)
        if until is None:
            self.forget_channel(channel.id)
        else:
            channel.asleep_until = max(until, now + 0.01)
            heapq.heappush(self._later, (channel.asleep_until, channel.host_id))

    def _apply_budgets(self, host: Host, channel: Channel) -> None:
        if channel.run_fetched >= self.limits.channel_pages:
            channel.closed = True
        if host.fetched >= self.limits.host_pages:
            host.code = "host_budget"
        elif sum(self.hosts[number].fetched for number in host.mirrors) >= self.limits.host_pages:
            for number in host.mirrors:
                self.close_host(self.hosts[number], "trap:mirror")


def _wants_robots(host: Host, now: float) -> bool:
    if host.robots_tried_at is not None and now < host.robots_tried_at + RETRY:
        return False
    return host.rules is None or host.robots_at is None or now > host.robots_at + LIFE


def _is_open(channel: Channel, now: float) -> bool:
    return channel.pending > 0 and not channel.closed and channel.asleep_until <= now
