"""Speed of the contradiction rules, in CPU time: python -m tests.bench.claims

Sentences read a second and core, in both languages and at three sizes (linear growth); the time to gather 100,000
claims; and, on paper, what a cross-encoder would cost for the same questions. The texts are made here from a few
hundred words, so that no two sentences are alike.
"""

from __future__ import annotations

import random
import time

from counterspin.claims.read import claims_of
from counterspin.claims.slots import gather
from counterspin.garbage import look_for_garbage_seldom
from counterspin.model import Claim, Document
from counterspin.text.corpus import Corpus
from counterspin.text.example import document_of

LEAST_SENTENCES = 3_000  # sentences a second and core
MOST_SECONDS = 20.0  # to gather 100,000 claims
GROWTH = 1.6  # most by which the time per sentence may grow from the smallest size to the largest
PAIR_SECONDS = 0.015  # a cross-encoder of 110 million weights on one core, one pair of 64 tokens, both ways: 2 x 7 ms
WORDS = {
    "zh": {
        "thing": "绿豆汤 木耳 蓄电池 刹车片 发财树 月季 护照 租金 发票 空调 滤网 路由器 婴儿 药片 围巾 砂锅",
        "part": "表面 底部 外壳 电源 说明书 包装 边缘 接口 叶片 内胆 合同 收据 把手 屏幕",
        "verb": "清洗 更换 保存 检查 登记 晾晒 浸泡 修剪 安装 退还 充电 消毒 通知 搬运",
        "stance": "必须 可以 不能 不用 应当 不要 会 不会",
        "unit": "天 小时 个月 次 元 度 公斤",
    },
    "en": {
        "thing": "kettle passport battery fern carpet boiler kitten deposit laptop quilt lentils jacket",
        "part": "lid filter handle manual cable surface receipt label engine lining cover bottom",
        "verb": "clean replace store check register dry soak trim install return charge move polish inspect",
        "stance": "must may must_not do_not_need_to should never will will_not",
        "unit": "days hours months times dollars kg",
    },
}


def sentence(language: str, rnd: random.Random) -> str:
    """A made-up sentence of advice."""
    words = {name: rnd.choice(options.split()).replace("_", " ") for name, options in WORDS[language].items()}
    number = rnd.randrange(2, 90)
    if language == "zh":
        tail = f",每次不超过{number}{words['unit']}" if number % 3 else f",{words['thing']}要放在通风的地方"
        return f"{words['thing']}的{words['part']}{words['stance']}{words['verb']}{tail}。"
    tail = f" within {number} {words['unit']}" if number % 3 else " and keep it in a dry place"
    return f"You {words['stance']} {words['verb']} the {words['part']} of the {words['thing']}{tail}."


def pages(language: str, sentences: int, seed: int = 1) -> list[Document]:
    """Pages of twenty sentences."""
    rnd = random.Random(seed)
    gap = "" if language == "zh" else " "
    return [
        document_of(gap.join(sentence(language, rnd) for _ in range(20)), url=f"http://{language}{at}.test/")
        for at in range(sentences // 20)
    ]


def reading(language: str, sentences: int) -> tuple[float, list[Claim]]:
    """Seconds of CPU time a sentence, and the claims."""
    sample = pages(language, sentences)
    start = time.process_time()
    claims = [claim for page in sample for claim in claims_of(page, Corpus())]
    return (time.process_time() - start) / sentences, claims


def main() -> int:
    """Print the figures; 1 if one of them is out of its bounds."""
    fine = True
    claims: list[Claim] = []
    look_for_garbage_seldom()  # as every process of the engine
    for language in ("zh", "en"):
        reading(language, 200)  # loads the dictionary
        times = []
        for size in (2_000, 8_000, 32_000):
            seconds, found = reading(language, size)
            times.append(seconds)
            claims += found
            print(f"{language}: {size:6d} sentences, {1 / seconds:7.0f} a second and core")
        fine &= 1 / min(times) >= LEAST_SENTENCES and times[-1] <= GROWTH * times[0]
    claims = claims[:100_000]
    look_for_garbage_seldom()  # the engine holds its claims in a file
    start = time.process_time()
    slots = gather(claims, Corpus())
    seconds = time.process_time() - start
    print(f"{len(claims)} claims gathered into {len(slots)} slots in {seconds:.1f} s of CPU time")
    fine &= seconds <= MOST_SECONDS * len(claims) / 100_000
    pairs = len(claims) * (len(claims) - 1) / 2
    print(f"a cross-encoder at {PAIR_SECONDS * 1000:.0f} ms a pair: {len(slots) * PAIR_SECONDS:.0f} s for these slots,")
    print(f"{pairs * PAIR_SECONDS / 86_400 / 365:.1f} years for all {pairs:.2g} pairs")
    return 0 if fine else 1


if __name__ == "__main__":
    raise SystemExit(main())
