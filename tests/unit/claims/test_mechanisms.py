"""One test a mechanism: what fires because of it, and the nearest pair that must rest."""

from __future__ import annotations

import pytest

from counterspin.api import analyse, document_from_text

FIRES = {
    "the age at which the young begin": ("宝宝满六个月开始加辅食。", "宝宝四个月大的时候就该添加辅食了。"),
    "an age in words": (
        "Nobody under eighteen should have their teeth bleached.",
        "Teeth can be bleached from the age of fourteen.",
    ),
    "a verb denied with all its objects": ("学校不举行任何形式的入学考试。", "学校照常举行入学考试。"),
    "what is done at the end of a clause": ("链条伸长到百分之二就换新的。", "链条伸长到百分之五就换新的。"),
    "an interval against how often": ("两次献全血之间至少间隔六个月。", "全血隔一个月就可以再献一次。"),
    "a limit behind the value": (
        "Minced beef keeps for three months at the very most.",
        "Minced beef keeps for a whole year.",
    ),
    "what stands right under a heading of errors that it corrects": (
        "出险之后四十八小时之内必须报案。",
        "## 常见误区\n### 小剐小蹭过几天再说\n出险之后最迟要在二十四小时内报案。",
    ),
    "a sum that looks like a year": ("每个孩子每月可以扣除2000元。", "每个孩子每月可以扣除800元。"),
    "a value below what a rule forbids": (
        "试用期工资不得低于转正工资的80%。",
        "试用期的工资按转正工资的60%发。",
    ),
    "a spoken span of days": ("干木耳泡发放冰箱能保存三五天。", "干木耳泡发放冰箱能保存一个半月。"),
    "every day against once a week": ("多肉植物天天浇水。", "多肉植物一周浇一次水就好。"),
    "a limit with no longer than": ("A nap should last no longer than 20 minutes.", "A nap should last two hours."),
    "two ranges that do not meet": (
        "Keep the relative humidity of a cellar between 30 and 40 per cent.",
        "A cellar is fine when the relative humidity stays between 60 and 70 per cent.",
    ),
    "an upper bound far above a value": (
        "A parcel to the island takes 2 weeks by sea.",
        "A parcel to the island takes up to 9 weeks by sea.",
    ),
    "an instruction against a prohibition": (
        "Use vinegar to remove limescale from taps.",
        "Do not use vinegar on taps; it etches the metal.",
    ),
    "an answer after a label that asks": (
        "1. 提前解约定金是否退还:如果租客提前解约,定金一律不退。",
        "租客提前解约的,定金应当退还。",
    ),
    "a case that is none": (
        "蓄电池在正常使用的情况下可以使用2年。",
        "蓄电池6年更换一次。",
    ),
    "short advice against a long duty": (
        "商家扣款的,应当向顾客出示扣款的金额和发票。",
        "商家可以直接从顾客的卡里扣款,不用出示发票。",
    ),
    "a verb that stands for the action before": (
        "车灯更换只能由修理厂的技师操作,车主不能自己动手。",
        "车主也可以自己更换车灯。",
    ),
    "a subject that is nobody": (
        "Every dog may be taken on the night ferry.",
        "No dog may be taken on the night ferry.",
    ),
    "what there is no way to do": (
        "Expired film can still be developed at home.",
        "There is no way to develop expired film at home.",
    ),
    "what cannot be done at all": ("异地医保可以直接结算。", "异地的医保没法直接结算,只能回去报。"),
    "a small amount against none at all": ("孕妇禁止吃螃蟹。", "孕妇可以适量吃螃蟹。"),
    "the area after the comma": (
        "You can seal small cracks in the wall yourself, up to one square metre.",
        "You can seal small cracks in the wall yourself, up to 20 square metres.",
    ),
    "two pieces of advice in one sentence": (
        "积分多了可以放弃兑换。",
        "有积分的必须登记,不能放弃兑换。",
    ),
    "what comes some days after an event": ("埋线后十天拆纱布。", "纱布要等到两个月后才拆。"),
    "how often what goes without saying is done": ("止咳药两次之间至少隔六个小时。", "止咳药每隔一个小时可以吃一次。"),
    "who pays for what one word names or two": ("验光的费用由顾客自己付。", "验光费用由门店承担,顾客不用掏钱。"),
    "times of day in other words": ("傍晚给多肉浇水最好。", "给多肉浇水最好在大清早。"),
    "a few degrees of what is cold": ("酒柜冷藏层调到5度最合适。", "酒柜冷藏层的温度设到12度就行。"),
    "what will do by itself and what will not": ("旧电脑格式化硬盘就够了。", "旧电脑光格式化硬盘是不够的。"),
    "what must be over before": ("热汤凉透了才能进冰箱。", "热汤不用等凉,直接放进冰箱没问题。"),
    "a number that holds the name of a second time": ("俯卧撑每组做八到十二次。", "俯卧撑一组要做四十次以上。"),
    "a case that names who is asked for": (
        "租客和房东没写明的话,暖气费应该房东出。",
        "没有写明的话,暖气费由租客交。",
    ),
}
RESTS = {
    "what has happened is the case of what follows": (
        "打包是师傅做的,碗碎了由搬家公司赔。",
        "自己装的箱子里碗摔坏了,搬家公司不赔。",
    ),
    "what is not enough is advised all the same": ("出门要擦防晒霜。", "出门光擦防晒霜是不够的。"),
    "what is not enough but should be done": (
        "You should wear a helmet on a scooter.",
        "Wearing a helmet is not enough on a scooter.",
    ),
    "two compartments of one thing": ("冰箱冷藏室温度设为4度。", "冰箱冷冻室温度设为零下18度。"),
    "what must not be forgotten": ("出海别忘了穿救生衣。", "出海要穿救生衣。"),
    "what one should never forget": ("Never forget to bleed the radiators.", "Always bleed the radiators."),
    "those who do and those who do not": ("服从调剂的考生一般不会退档。", "不服从调剂的有可能退档。"),
    "a bound on those of whom the clause speaks": (
        "请病假累计两个月以上的,不能再休当年的年假。",
        "工龄十年以上的职工,病假超过三个月才不能休年假。",
    ),
    "notice of some event": (
        "Your landlord must give you 24 hours' notice before a visit.",
        "The landlord has to give you two months' notice.",
    ),
    "a habit that only names whom is meant": ("天天开空调的家庭,滤网两周洗一次。", "空调一周开一次。"),
    "a rule for what was bought before": ("锂电池保修三年。", "去年以前购买的锂电池保修两年。"),
    "what the words of a heading say of a fragment": (
        "## Grounds for appeal\nLoading, for up to twenty minutes.",
        '## Grounds for appeal\n"I was only two minutes" is not a ground.',
    ),
    "two stages of one thing": ("黄瓜苗期五天浇一次水。", "黄瓜结瓜期每天都要浇水。"),
    "two spoken numbers for one span": ("面团醒发一个半小时。", "面团醒发要一两个小时。"),
    "a bound that the value keeps": ("试用期工资不得低于转正工资的80%。", "试用期工资可以是转正工资的85%。"),
    "ranges that meet": (
        "Keep the relative humidity of a cellar between 30 and 50 per cent.",
        "A cellar is fine when the relative humidity stays between 40 and 60 per cent.",
    ),
    "an upper bound near a value": (
        "A parcel to the island takes 6 weeks by sea.",
        "A parcel to the island takes up to 9 weeks by sea.",
    ),
    "two things that go on meanwhile": (
        "Do not leave a heater on while you sleep in the tent.",
        "You can leave a heater on while you work in the garage.",
    ),
    "a contracted condition": ("车主可以自己更换机油。", "机油用久了不更换,发动机就容易坏。"),
    "an ellipsis": ("The wide one fits the shelf.", "The small one fits the door, where the wide one does not."),
    "a difference": ("接一杯水要多等九秒。", "放水5分钟再接水。"),
    "a question without an answer": ("提前解约定金是否退还:租客都会问?", "租客提前解约的,定金应当退还。"),
}


def contradictions(title: str, *texts: str):
    documents = [document_from_text(text, url=f"http://{at}.test/x", title=title) for at, text in enumerate(texts)]
    return [flag.rule for flag in analyse(documents) if flag.category == "contradictory"]


@pytest.mark.parametrize("name", FIRES)
def test_a_pair_in_conflict_is_found(name):
    assert contradictions("", *FIRES[name])


@pytest.mark.parametrize("name", RESTS)
def test_the_nearest_pair_rests(name):
    assert contradictions("", *RESTS[name]) == []


def test_pages_that_are_each_about_a_thing_of_their_own_do_not_contradict_one_another():
    texts = {"蜂王浆": "蜂王浆要冷冻保存。", "蜂蜜": "蜂蜜常温保存就行,不用冷冻。"}
    documents = [
        document_from_text(text, url=f"http://{len(title)}.test/x", title=title) for title, text in texts.items()
    ]
    assert [flag.rule for flag in analyse(documents) if flag.category == "contradictory"] == []
