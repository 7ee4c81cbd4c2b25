"""Pairs of texts that give rival answers, or only seem to: one mechanism a case, none from a labelled set."""

from __future__ import annotations

import pytest

from counterspin.claims.read import claims_of
from counterspin.claims.slots import gather
from counterspin.text.corpus import Corpus
from counterspin.text.example import document_of


def outcomes(*texts: str) -> set[str]:
    pages = [document_of(text, url=f"http://site{at}.test/") for at, text in enumerate(texts)]
    return {slot.outcome for slot in gather((c for page in pages for c in claims_of(page, Corpus())), Corpus())}


RIVALS = {
    "a wait and a shorter wait": (
        "You cannot donate for four months after a tattoo.",
        "Anyone with a tattoo can donate after two weeks.",
    ),
    "free and a price": ("电动自行车上牌不收费。", "电动自行车上牌需要交30元。"),
    "one word for two that begin as it does": (
        "住房公积金正常还款满一年可以提前还贷。",
        "住房公积金贷款不能提前还款。",
    ),
    "a mixture": ("十斤葡萄放三斤糖。", "每十斤葡萄加一斤糖就够了。"),
    "the same share of two wholes": ("信用卡取现的手续费是取现金额的1%。", "信用卡取现的手续费是账单的1%。"),
    "a ban's window and a window": (
        "小区装修时间是早上8点到晚上8点。",
        "小区晚上10点到早上8点禁止装修,装修时间要遵守。",
    ),
    "a deadline and another": ("个税年度汇算要在6月30日前办理。", "个税年度汇算要在3月31日前办理。"),
    "for life and for two years": ("保持器要戴一辈子。", "保持器要戴两年。"),
    "no more than and at least": ("电动车每次充电最多8小时。", "电动车每次充电至少12小时。"),
    "below one sum and above another": (
        "换一次滤芯的费用不超过100元。",
        "换一次滤芯的费用通常在300元以上,心里要有数。",
    ),
    "less than and more than": (
        "Repair of the pump costs less than 100 dollars.",
        "Repair of the pump usually costs more than 300 dollars.",
    ),
    "of use and of none": ("晒被子对除螨有用。", "晒被子除螨没用。"),
    "it furthers and it is no help": ("骨折之后多喝骨头汤有利于愈合。", "喝骨头汤对骨折的愈合没有帮助。"),
    "a verb that carries and one that does": (
        "滤材不能用自来水冲洗。",
        "滤材可以放到自来水下冲洗。",
    ),
    "what is denied first is a case": ("没有购车发票也可以上牌。", "没有购车发票不能上牌。"),
    "permission in idioms": ("戴隐形牙套喝咖啡没问题。", "戴隐形牙套不能喝咖啡。"),
    "a scope that a title names in passing": (
        "@title: 第一次露营要准备什么\n羽绒睡袋不能机洗。",
        "@title: 帐篷睡袋清洗方法\n羽绒睡袋可以机洗。",
    ),
    "a scope that a later clause names": (
        "生肉放在保冷箱里可以存放两天。",
        "生肉放在保冷箱里最多存放6个小时,孩子肠胃弱,容易吃坏肚子。",
    ),
    "a case that comes too late": (
        "过滤器夜里可以关。",
        "过滤器夜里不能关,一旦停机,细菌就会死亡。",
    ),
    "two times of day in advice": (
        "Water the ferns in the morning.",
        "Ferns should be watered in the evening.",
    ),
    "an extra measure beside the rival ones": (
        "Bake the bread at 180 degrees for 40 minutes.",
        "The bread bakes at 230 degrees.",
    ),
    "one thing and its measure, and nothing else": ("婚假是3天。", "婚假一共有15天。"),
    "a condition of one that is the subject of the other": (
        "You may drive while wearing an ankle brace.",
        "People wearing an ankle brace cannot drive.",
    ),
    "a pronoun for what the sentence before speaks of": (
        "Cast iron pans are heavy. They must never go in the dishwasher.",
        "Cast iron pans may go in the dishwasher.",
    ),
    "once that is no conjunction": (
        "Pasta that was drained once can go back in the pan.",
        "Drained pasta must not go back in the pan.",
    ),
    "a verb of which the other is a case": ("镜头可以用酒精擦拭。", "镜头不能接触酒精。"),
    "the same thing and action, and a word of each site's own": (
        "吉他不要靠在暖气片旁边的墙上。",
        "吉他最好靠在暖气片旁边的角落里。",
    ),
    "a measure that names itself": ("Keep the pH between 6.2 and 6.8.", "The pH of the bed is 4.5 to 5.5."),
    "先 is no part of a verb": ("新买的陶盆不要先洗。", "新买的陶盆必须先洗。"),
    "once a week is a measure": ("Check the frames once a week.", "Check the frames every two months."),
    "what may be left out": ("You can skip the base coat.", "The base coat must be applied."),
    "whether it is done is all the same": ("煮好的虾过不过凉水都行。", "煮好的虾必须过凉水。"),
    "what goes without a thing": ("没有户口本也能办理社保卡。", "办理社保卡必须带户口本。"),
    "more and less": ("感冒了要多吃鸡蛋。", "感冒期间应少吃鸡蛋。"),
    "what is left undone": ("Leave the wound uncovered at night.", "Cover the wound at night."),
    "no point": ("There is no point in rinsing the pasta.", "You should rinse the pasta."),
    "a duty in the future": ("You will have to show the receipt.", "You don't have to show the receipt."),
    "no right": ("业主没有权利查看小区账目。", "业主有权查看小区账目。"),
    "only in one place and in any": ("婚姻登记只能在户籍地办理。", "婚姻登记全国任何一个登记处都能办。"),
    "only one means and another as well": ("The fee can only be paid by card.", "You can pay the fee in cash too."),
    "only one thing and another": ("报销只认纸质发票。", "报销用电子发票也行。"),
    "two that are each the best": (
        "The best time to prune roses is late winter.",
        "The best time to prune roses is early autumn.",
    ),
    "two that each come first": ("最先添加的辅食应当是米粉。", "最先添加的辅食应当是蛋黄。"),
    "ages in months and years": ("兔子两岁以后才能绝育。", "兔子六个月大就能绝育。"),
}

COMPATIBLE = {
    "all of them and those of a size": (
        "锂电池必须放在随身行李里。",
        "超过100瓦时的锂电池不能放在随身行李里。",
    ),
    "all of a kind and those above a bound": (
        "Lithium batteries must go in hand luggage.",
        "Lithium batteries over 100 Wh may not go in hand luggage.",
    ),
    "with and without": ("With a receipt you can return the lamp.", "Without a receipt you cannot return the lamp."),
    "who has and who has not": ("没有签合同的租客不能申请补贴。", "签了合同的租客可以申请补贴。"),
    "while it lasts and after": ("保修期内维修免费。", "过了保修期维修要90元。"),
    "under it and after": ("A repair under warranty is free.", "A repair after the warranty costs 90 dollars."),
    "the first of a row and the later ones": (
        "The fee for the first year is 60 dollars.",
        "The fee for every later year is 40 dollars.",
    ),
    "a bound that opens a case": ("维修费用不超过100元,由租客承担。", "维修费用超过300元,由房东承担。"),
    "two groups told by bounds": ("60岁以上免费乘车。", "6岁以下免费乘车。"),
    "two phases of one event": ("加热时锅盖要打开。", "加热后锅盖要关好。"),
    "two phases of one event in English": (
        "Skip breakfast before the blood test.",
        "Eat breakfast after the blood test.",
    ),
    "more of one thing and less of another": ("孩子要多吃蔬菜。", "孩子要少吃糖。"),
    "what goes without and what is needed for another thing": ("没有发票也可以退货。", "开发票必须提供税号。"),
    "from an age and before it": ("一岁以后可以喝牛奶。", "一岁以内不能喝牛奶。"),
    "two verbs of which neither is a case of the other": (
        "Guests may photograph the roses in the garden.",
        "Guests must not pick the roses in the garden.",
    ),
    "a pronoun for another thing": (
        "Silk scarves are delicate. They must never go in the dryer.",
        "Cotton towels may go in the dryer.",
    ),
    "two places for one action": ("吉他不要靠在暖气片旁边。", "吉他最好靠在书柜旁边。"),
    "before and after an event": ("驾驶证期满前90天可以换证。", "驾驶证期满后一年内可以换证。"),
    "a ban on a place": ("电池不能在楼道里充电。", "电池每个月应该充电。"),
    "a ban under a thing": (
        "Do not use a phone while it charges under a pillow.",
        "You can use the phone while it charges.",
    ),
    "what an exception leaves out": ("狗不得进入公园,导盲犬除外。", "导盲犬可以进入公园。"),
    "a name with a denial in it": ("不洗的葡萄可以放一个星期。", "葡萄要洗。"),
    "a denial of whom the clause speaks of": ("没有记满12分的司机得以正常换证。", "记满12分的司机能够正常换证。"),
    "lack as a case": ("没有好的土壤,就不可能种出好的月季。", "月季需要好的土壤。"),
    "a label": ("退还押金:房东应当在30天内办理。", "如果租客提前退租,押金不退。"),
    "two models": ("x200净水器的滤芯半年更换。", "x500净水器的滤芯两年更换。"),
    "two rooms": ("阳台墙面的防水刷到30厘米。", "淋浴间墙面的防水刷到180厘米。"),
    "worlds apart": ("锂电池一次充电8小时。", "锂电池一次可以用五年。"),
    "two who bear a share each": (
        "The employee pays 5 percent of earnings.",
        "The employer pays 3 percent of earnings.",
    ),
    "a sentence that somebody says": ("法院判处有期徒刑8年。", "「判处有期徒刑三年。」"),
    "a reference": (
        "本文引自《甲报》2023年1月10日,http://a.test/1。",
        "本文引自《甲报》2023年5月12日,http://a.test/2。",
    ),
    "heads of two longer names": ("申请表可以由父母签字。", "申请表不能由岳父岳母签字。"),
    "the best of two kinds": ("最好的浇水时间是早上。", "最好的施肥时间是傍晚。"),
    "only one who and one way": ("只有成年人才能申请。", "网上也可以申请。"),
    "only one use and another thing": ("押金只能退给本人。", "押金可以用来抵房租。"),
    "a meal as a time": ("先洗手再做饭。", "饭后再洗手。"),
    "a case at the head of a clause": ("试用期辞职要提前三天通知。", "转正以后辞职要提前三十天通知。"),
}


@pytest.mark.parametrize("name", RIVALS)
def test_rival_answers_are_a_conflict(name):
    assert "conflict" in outcomes(*RIVALS[name])


@pytest.mark.parametrize("name", COMPATIBLE)
def test_answers_that_only_seem_rivals_are_none(name):
    assert "conflict" not in outcomes(*COMPATIBLE[name])


def test_a_year_in_a_sentence_may_be_a_change_of_rules_and_one_in_a_title_is_none():
    left, right = "护照换发需要7个工作日。", "护照换发需要20个工作日。"
    assert outcomes(f"2018年{left}", f"2024年{right}") == {"rule_changed"}
    assert outcomes(f"@title: 2024最新攻略\n{left}", right) == {"conflict"}
