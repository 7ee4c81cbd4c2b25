"""The search for sources in columns gives the numbers of its plain twin."""

import math
from collections import Counter, defaultdict
from random import Random

import numpy as np
import pytest

from counterspin.text.channel import EVEN, FRESH, MIN_KNOWN, SHOWN, TARGETS, Channel, Text
from counterspin.text.source import Link, origins
from counterspin.text.votes import GRAINS, SITE, SITE_MOST, VOTE_MOST, Votes

SEEDS = (1, 2, 3)


def made(seed):
    """Clusters of two to four texts, each with steps to all others, over words that come again and again."""
    random = Random(seed)
    found = []
    for cluster in range(12):
        size = random.randint(2, 4)
        for _ in range(size):
            steps = [
                [(f"a{random.randrange(9)}", f"b{random.randrange(20)}") for _ in range(4)] for _ in range(size - 1)
            ]
            found.append(Text(cluster, [f"{random.choice('ab')}{random.randrange(9)}" for _ in range(15)], steps))
    known = {word for text in found for swaps in text.steps for pair in swaps for word in pair}
    return [Text(text.cluster, [word for word in text.words if word in known], text.steps) for text in found]


def likelihoods(texts, chances):
    """Rate, choice and originals of each text, in plain Python."""
    found = []
    for text in texts:
        pairs, ahead, behind = Counter(), Counter(), Counter()
        for other, chance in zip(texts, chances, strict=True):
            if other.cluster != text.cluster:
                for pair in (pair for swaps in other.steps for pair in swaps):
                    pairs[pair] += chance
                    ahead[pair[0]] += chance
                    behind[pair[1]] += chance
        found.append((rate(text, ahead, behind), choice(text, pairs, ahead), originals(text, ahead, behind)))
    return [*zip(*found, strict=True)]


def chance(word, ahead, behind):
    return (ahead[word] + EVEN) / (ahead[word] + behind[word] + 2 * EVEN)


def beta_binomial(replaced, stayed):
    return math.lgamma(replaced + 1) + math.lgamma(stayed + 1) - math.lgamma(replaced + stayed + 2)


def rate(text, ahead, behind):
    counts = []
    for swaps in text.steps:
        stays = Counter(text.words) - Counter(left for left, _ in swaps)
        counts.append((len(swaps), sum(chance(word, ahead, behind) for word in stays.elements())))
    apart = sum(beta_binomial(*count) for count in counts)
    together = beta_binomial(*map(sum, zip(*counts, strict=True)))
    return math.log(math.exp(apart) + math.exp(together))


def choice(text, pairs, ahead):
    drawn, held, total = Counter(), Counter(), 0.0
    for pair in (pair for swaps in text.steps for pair in swaps):
        total += math.log(pairs[pair] + drawn[pair] + FRESH) - math.log(ahead[pair[0]] + held[pair[0]] + TARGETS)
        drawn[pair] += 1
        held[pair[0]] += 1
    return total


def originals(text, ahead, behind):
    swapped = {left for swaps in text.steps for left, _ in swaps}
    known = [chance(word, ahead, behind) for word in swapped if ahead[word] + behind[word] >= SHOWN]
    return 1.0 if len(known) < MIN_KNOWN else sum(known) / len(known)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_likelihoods_of_all_texts_are_those_of_one_after_the_other(seed):
    texts = made(seed)
    chances = [Random(seed + at).random() for at in range(len(texts))]
    told = Channel(texts).likelihoods(np.array(chances))
    plain = likelihoods(texts, chances)
    for found, expected in zip((told.rate, told.choice, told.originals), plain, strict=True):
        assert found == pytest.approx(expected)
    assert min(told.originals) < 1.0


def pooled(odds, pages, clusters, sites):
    """The odds of each text with those of others, and its likeliest page, in plain Python."""
    votes = [round(GRAINS * max(-VOTE_MOST, min(VOTE_MOST, one))) for one in odds]
    on_pages = defaultdict(set)
    for held, cluster in zip(pages, clusters, strict=True):
        on_pages[cluster].update(held)

    def near(one, other):
        return one != other and len(on_pages[one] & on_pages[other]) > 1

    found = []
    for text, held in enumerate(pages):
        said = []
        for page in held:
            fellows = {
                clusters[other]: votes[other]  # of a cluster's texts on the page the last one
                for other in range(len(pages))
                if page in pages[other] and near(clusters[text], clusters[other])
            }
            elsewhere = sum(
                votes[other]
                for other in range(len(pages))
                if clusters[other] != clusters[text]
                and not near(clusters[text], clusters[other])
                and sites(page) in set(map(sites, pages[other]))
            )
            of_site = max(-SITE_MOST, min(SITE_MOST, SITE * elsewhere / GRAINS))
            said.append((sum(fellows.values()) / GRAINS + of_site, -page))
        most, page = max(said)
        found.append((odds[text] + most, -page))
    return [*zip(*found, strict=True)]


@pytest.mark.parametrize("seed", SEEDS)
def test_votes_are_those_that_each_text_would_gather_alone(seed):
    random = Random(seed)
    clusters = sorted(random.randrange(15) for _ in range(45))
    pages = [random.sample(range(12), random.randint(1, 3)) for _ in clusters]
    odds = [random.uniform(-6, 6) for _ in clusters]
    found = Votes(pages, clusters, lambda page: str(page % 4)).pooled(np.array(odds))
    expected = pooled(odds, pages, clusters, lambda page: str(page % 4))
    assert found[0] == pytest.approx(expected[0])
    assert found[1].tolist() == [*expected[1]]


def test_no_links_have_no_sources():
    assert origins([], [], lambda _: (), str) == []


def test_two_texts_without_any_swap_leave_open_which_was_first():
    (found,) = origins([Link(0, 1, 1.0, ())], ["银行", "银行"], lambda text: (text,), str)
    assert found.source is None
    assert found.chances == (0.5, 0.5)
