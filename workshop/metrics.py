"""What Prometheus reads at /metrics, with a key only: counts and durations, nothing of one workshop or one person.

Each process counts its own requests and writes, so each is read by itself. What waits and what is there is counted
in the store, the same whichever process is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from workshop.domain import totals
from workshop.house import House

TYPE: Final = CONTENT_TYPE_LATEST
_SECONDS: Final = (0.01, 0.03, 0.1, 0.3, 0.6, 1.5, 5.0, 30.0)
_COMMITS: Final = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 5.0)
_WRITES: Final = (1, 2, 4, 8, 16, 32, 64)


class Metrics:
    """The counts of one process."""

    def __init__(self, house: House) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call] # a second row for each, that nobody reads
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "werkplaats_requests",
            "Requests answered, by route and class of status.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "werkplaats_request_seconds",
            "Time until an answer, by route.",
            ["route"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._writes = Histogram(
            "werkplaats_store_commit_writes",
            "Writes that share one commit.",
            buckets=_WRITES,
            registry=self._registry,
        )
        self._commits = Histogram(
            "werkplaats_store_commit_seconds",
            "Time one commit takes, waiting for other processes included.",
            buckets=_COMMITS,
            registry=self._registry,
        )
        self._answers = Gauge(
            "werkplaats_answers",
            "Whether a part answers, as at /health/ready: 1 or 0.",
            ["part"],
            registry=self._registry,
        )
        ProcessCollector(registry=self._registry)
        self._in_store = CollectorRegistry()
        self._in_store.register(_InStore(house))
        house.store.on_commit = self._committed

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request: its route, not its path."""
        self._requests.labels(method, route, f"{status // 100}xx").inc()
        self._seconds.labels(route).observe(seconds)

    def page(self, answers: Mapping[str, bool]) -> bytes:
        """Return everything as Prometheus reads it; without what is in the store when that does not answer."""
        for part, fine in answers.items():
            self._answers.labels(part).set(fine)
        return generate_latest(self._registry) + (generate_latest(self._in_store) if answers["read"] else b"")

    def _committed(self, writes: int, seconds: float) -> None:
        self._writes.observe(writes)
        self._commits.observe(seconds)


class _InStore(Collector):
    """What is counted in the store each time somebody asks."""

    def __init__(self, house: House) -> None:
        self._house = house

    def collect(self) -> Iterable[Metric]:
        """Give the totals."""
        now = self._house.store.read(totals.now)
        waiting = GaugeMetricFamily("werkplaats_waiting", "Work that nobody has finished.", labels=["work"])
        oldest = GaugeMetricFamily(
            "werkplaats_oldest_waiting_seconds", "How long the oldest of it waits.", labels=["work"]
        )
        parked = GaugeMetricFamily("werkplaats_parked", "Work that waits for a person.", labels=["work"])
        for work, found in now.work.items():
            waiting.add_metric([work], found.waiting)
            oldest.add_metric([work], found.oldest_seconds)
            parked.add_metric([work], found.parked)
        yield from (waiting, oldest, parked)
        yield GaugeMetricFamily(
            "werkplaats_workers", "Processes that print and read, heard of in the last minute.", value=now.workers
        )
        yield GaugeMetricFamily("werkplaats_ideas", "Ideas in the store.", value=now.ideas)
        yield GaugeMetricFamily(
            "werkplaats_pages", "Pages of paper that were read and are in the store.", value=now.pages
        )

    def describe(self) -> Iterable[Metric]:
        """Say nothing before somebody asks: the store may be busy."""
        return ()
