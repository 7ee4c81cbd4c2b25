"""Within one page: a sentence that turns takes a case out of the one before, a special thing is another thing."""

from __future__ import annotations

import pytest

from counterspin.api import analyse, document_from_text
from counterspin.text.example import document_of

RESTS = (
    "报销要拿发票原件。不过金额在二十元以下的,不用发票也能报。",
    "宠物店寄养必须提前一天预约。但是老顾客可以不用预约。",
    "Guests must leave their shoes at the door. However, guests need not leave their shoes there on cleaning days.",
    "Dogs are not allowed on the beach. But dogs are allowed on the beach before nine.",
    "钢琴每年调音一次。新钢琴第一年要调音四次。",
    "水质好的地区,滤芯的使用时间长;水质差的地区,滤芯的使用时间短。",
    "房东不退押金是一个常见的问题。房东应当退押金。",
    "Landlords not returning the deposit is a common problem. The landlord must return the deposit.",
    "本文将介绍不退押金的后果。房东应当退押金。",
    "咖啡豆最好放进冰箱冷藏。千万不要把咖啡粉放进冰箱冷藏。",
    "六到八个月的宝宝每天吃一次辅食。九到十二个月的宝宝每天吃三次辅食。",
    "Change the oil every three months or when it turns black. The oil is changed four times a year.",
)
FIRES = (
    "钢琴每年调音一次,别忘了。调音师傅不好约。钢琴每三年调音一次就够了。",
    "这款锅可以进烤箱。锅盖上有透气孔。这款锅不能进烤箱。",
    "You must rinse quinoa before cooking. It keeps for years. There is no need to rinse quinoa.",
    "The library opens at 9 am. Coffee is free. The library opens at 11 am.",
    "内筒每三个月清洗一次。门封常擦。内筒一年清洗一次就足够了。",
    "酒店下午两点以后可以办入住。早餐七点开始。酒店晚上六点才能办入住。",
    "拒签以后六个月内不能再申请。材料要备齐。拒签满三个月就能再申请。",
    "铅酸电瓶的寿命大约两年。别进水。铅酸电瓶用上四五年没有问题，看你怎么骑。",
    "The stew keeps for three days in the fridge. Serve it hot. In the fridge the stew will keep for ten days.",
    "Change the oil every three months or when it turns black. Wear gloves. The oil is changed once in two years.",
    "A new iron pan has to be seasoned before its first use. Dry it. There is no need to season an iron pan at all.",
    "Membership is free of charge for adults and children alike. Ask at the desk. Adult membership costs eight pounds.",
)


def contradictions(text: str) -> list[str]:
    document = document_from_text(text, url="http://one.test/x", title="")
    return [flag.rule for flag in analyse([document]) if flag.category == "contradictory"]


@pytest.mark.parametrize("text", RESTS)
def test_a_turn_or_a_special_thing_is_no_conflict(text):
    assert contradictions(text) == []


@pytest.mark.parametrize("text", FIRES)
def test_a_page_that_says_two_things_is_found(text):
    assert contradictions(text)


ITEMS = (
    "# 养护\n1. 琴弦不能用酒精擦\n2. 湿度别太高\n# 清洁\n1. 琴弦可以用酒精擦\n2. 弓毛要松开",
    "# 养护\n琴弦三个月换一次\n湿度别太高\n# 清洁\n琴弦两年换一次\n弓毛要松开",
    "# Care\nStrings must not be cleaned with alcohol\nLoosen the bow\n# Notes\nStrings may be cleaned with alcohol",
)
CAPTIONS = (
    "# 门票\n甲公园：门票30元\n65周岁以上免票\n# 门票\n乙公园：门票20元\n70周岁以上免票",
    "# Deals\nUp to 10 hours of battery life\n# Deals\nUp to 40 hours of battery life",
)


def of_page(text: str) -> list[str]:
    return [flag.rule for flag in analyse([document_of(text)]) if flag.category == "contradictory"]


@pytest.mark.parametrize("text", ITEMS)
def test_items_of_a_list_speak_without_a_stop(text):
    assert of_page(text)


@pytest.mark.parametrize("text", CAPTIONS)
def test_what_a_list_of_things_gives_of_each_is_no_conflict(text):
    assert of_page(text) == []


SUMMED_UP = (
    "@title: Mushrooms\n# Straw\nPasteurise the straw at 70 degrees.\n# Short\nPasteurise straw at 95 degrees",
    "@title: 乐器租赁\n# 费用\n小提琴租金每月八十元。\n# 问答\n## 小提琴贵不贵？\n小提琴租金一百五十元。",
    "@title: City bikes\nRegistration is free and takes a minute in the app.\n# Questions\nRegistration costs 5 euros.",
    "@title: Down jackets\nDo not use fabric softener.\n# Summary\nUse fabric softener for a fluffy result.",
    "@title: Blood donation\nMen may donate every 12 weeks.\n# Questions\n## How often?\nMen can donate every 8 weeks.",
)
OF_ITS_OWN = (
    "@title: Compost\nTurn the heap every two weeks.\n## Is turning hard?\nWater the heap once every three months.",
    "@title: 怎样感恩赞美\n一天，法官把他捉到牢里。\n过了两天，皮鞋匠把金洋送还富翁。感恩赞美。感恩赞美。",
    "@title: Safety\nYou must wear a helmet.\n## Is a helmet needed?\nYou do not have to wear gloves.",
    "@title: Deposits of a landlord\nScotland allows two months.\n## Care\nIn Scotland it is 30 days.",
)


@pytest.mark.parametrize("text", SUMMED_UP)
def test_a_sentence_is_held_against_the_item_or_reply_that_sums_it_up(text):
    assert of_page(text)


@pytest.mark.parametrize("text", OF_ITS_OWN)
def test_a_reply_about_something_else_is_not_about_the_question(text):
    assert of_page(text) == []


def test_two_measures_of_one_thing_meet_whatever_verb_each_has():
    page = document_of(
        "@title: Filing a tax return: which records to keep\n"
        "Hang on to every invoice for at least six years after the June deadline, as an inspector may ask.\n"
        "Invoices only have to be kept for two years after the deadline, so one folder will do.",
        url="http://one.test/x",
    )

    assert [flag.rule for flag in analyse([page])] == ["numeric"]
