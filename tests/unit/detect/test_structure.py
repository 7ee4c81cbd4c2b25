"""How a page contradicts its own build: promised parts, numbers, counts, doubled steps, headings, laws."""

from __future__ import annotations

from importlib import import_module

import pytest

from counterspin.text.corpus import Corpus
from counterspin.text.example import document_of

BROKEN = (
    (
        "missing_section",
        (
            "= 一、材料\n"
            "= 二、流程\n"
            "= 三、费用标准\n"
            "= 四、注意事项\n"
            "# 一、材料\n"
            "身份证。\n"
            "# 二、流程\n"
            "先预约。\n"
            "# 四、注意事项\n"
            "别迟到。"
        ),
    ),
    (
        "missing_section",
        "= Tools\n= Steps\n= Troubleshooting\n= Costs\n# Tools\nA saw.\n# Steps\nCut it.\n# Costs\nTen pounds.",
    ),
    ("missing_section", "# 办理材料\n需要准备的材料如下：\n# 办理时间\n三个工作日。\n# 办理地点\n政务大厅。"),
    (
        "missing_section",
        "# What you need\nYou will need the following:\n# How long it takes\nTwo weeks.\n# Cost\nNothing.",
    ),
    (
        "missing_section",
        "= Introduction\n= Tools\n= Steps\n= Conclusion\n# Tools\nA saw.\n# Steps\nCut it.\n# Conclusion\nDone.",
    ),
    ("outline_gap", "# 1、清洗\n洗。\n# 2、晾干\n晾。\n# 4、收纳\n收。\n# 5、检查\n查。"),
    ("outline_gap", "第一步：断电。关掉总闸。\n第二步：拆盖。拧下螺丝。\n第四步：装盖。拧紧螺丝。\n第五步：通电。"),
    (
        "outline_gap",
        "# Tip 1: Start small\nYes.\n# Tip 2: Keep notes\nYes.\n# Tip 4: Rest\nYes.\n# Tip 5: Repeat\nYes.",
    ),
    ("outline_gap", "(1) Wash the fruit well.\n(2) Peel it.\n(4) Cook it slowly.\n(5) Cool it."),
    ("count_mismatch", "# 三种省电的办法\n1. 关灯。\n2. 拔插头。\n3. 换灯泡。\n4. 调低水温。"),
    ("count_mismatch", "办理需要四样材料：身份证、户口本、照片。"),
    (
        "count_mismatch",
        "# Three ways to save water\n1. Fix the taps.\n2. Take showers.\n3. Reuse rain.\n4. Water at night.",
    ),
    ("count_mismatch", "There are five steps:\n1. Cut.\n2. Sand.\n3. Prime.\n4. Paint."),
    ("count_mismatch", "分为两步：第一步，关水；第二步，拆阀；第三步，装新阀。"),
    (
        "doubled_step",
        (
            "1. 清理滤网和风口：打开面板取出滤网，用清水把灰尘冲掉，再擦干净风口。\n"
            "2. 风口及滤网清理：取出面板里的滤网，用清水冲掉灰尘，把风口擦干净。\n"
            "3. 装回：扣好。"
        ),
    ),
    (
        "doubled_step",
        (
            "1. Drain and flush the radiator: open the valve and let the old water run out into a bucket.\n"
            "2. Flush and drain the radiator: let the old water run out into a bucket by opening the valve.\n"
            "3. Refill: add water."
        ),
    ),
    ("heading_body", "@title: 隐形眼镜能戴着睡觉吗？不能！\n隐形眼镜能戴着睡觉，只要选对镜片。"),
    ("heading_body", "@title: Can You Freeze Cooked Rice? Yes\nYou cannot freeze cooked rice. It turns to mush."),
    ("heading_body", "# 月季可以冬天修剪\n不可以。冬天修剪会冻伤枝条，来年发芽受影响，应该等到早春再动剪刀。"),
    ("heading_body", "# 押金能退吗？能退\n押金一律不能退。合同里写得很清楚，任何情况下押金都不予退还，租客要注意。"),
    (
        "heading_body",
        "# Can you reheat rice? Yes\nNo, you cannot reheat rice. The spores survive and make you ill within hours.",
    ),
    ("expired_law", "@published: 2024-05-01\n依照《物权法》第七十条的规定，业主对专有部分享有所有权。"),
    ("expired_law", "@published: 2022-03-01\n根据婚姻法第十七条，夫妻共同财产平均分割。"),
    ("expired_law", "@published: 2023-02-01\nThe Sex Discrimination Act 1975 protects you at work."),
    ("expired_law", "@published: 2023-02-01\nYou are covered by the Companies Act 1985 when you form a firm."),
)
WHOLE = (
    (
        "missing_section",
        "= 材料\n= 流程\n= 费用\n# 需要的材料\n身份证。\n# 办理流程\n先预约。\n# 收费标准和费用\n免费。",
    ),
    (
        "missing_section",
        (
            "= Tools\n"
            "= Steps\n"
            "= Costs\n"
            "# Tools and materials\n"
            "A saw.\n"
            "# The steps\n"
            "Cut it.\n"
            "# What it costs\n"
            "Ten pounds."
        ),
    ),
    ("missing_section", "# 办理材料\n所需材料如下：身份证、户口本。\n# 时间\n三天。"),
    ("missing_section", "# What you need\nYou will need the following: a saw and a drill.\n# Cost\nNothing."),
    ("outline_gap", "# 1、清洗\n洗。\n# 2、晾干\n晾。\n# 3、收纳\n收。"),
    ("outline_gap", "1998年开业。\n2003年搬迁。\n2010年扩建。"),
    ("outline_gap", "# 10. Oslo\nA.\n# 9. Rome\nB.\n# 8. Bonn\nC."),
    ("outline_gap", "3. 第三题答案是A。\n7. 第七题答案是B。\n12. 第十二题答案是C。"),
    ("outline_gap", "第3条 应当登记。\n第5条 应当公示。\n第9条 应当备案。"),
    ("outline_gap", "Rule 3 says you may appeal.\nRule 5 says you must pay.\nRule 9 says nothing."),
    ("count_mismatch", "# 三种省电的办法\n1. 关灯。\n2. 拔插头。\n3. 换灯泡。"),
    ("count_mismatch", "三天内要带三样材料：身份证、户口本和照片。"),
    ("count_mismatch", "# Three ways to save water\n1. Fix the taps.\n2. Take showers.\n3. Reuse rain."),
    ("count_mismatch", "主要有三种：红的、黄的等。"),
    ("count_mismatch", "There are two kinds of paint. First prepare the wall:\n1. Wash.\n2. Sand.\n3. Fill."),
    ("count_mismatch", "家里有两个孩子，要准备：奶瓶、尿布、湿巾。"),
    ("count_mismatch", "# 5 minutes to a clean sink\n1. Spray.\n2. Wait.\n3. Rinse."),
    ("count_mismatch", "# 一分钟学会三个动作\n1. 抬腿。\n2. 弯腰。\n3. 转体。"),
    (
        "doubled_step",
        "1. 左侧安装：对准左侧的孔，把螺丝拧紧，再盖上盖子。\n2. 右侧安装：对准右侧的孔，把螺丝拧紧，再盖上盖子。",
    ),
    (
        "doubled_step",
        (
            "1. Attach the left bracket: line it up with the holes and tighten the screws.\n"
            "2. Attach the right bracket: line it up with the holes and tighten the screws."
        ),
    ),
    ("doubled_step", "1. 第一次浇水：浇透，等盆土干。\n2. 第二次浇水：浇透，等盆土干。"),
    ("heading_body", "@title: 隐形眼镜能戴着睡觉吗？不能！\n隐形眼镜不能戴着睡觉，会缺氧。"),
    (
        "heading_body",
        "@title: Can You Freeze Cooked Rice? Yes\nYou can freeze cooked rice for a month. Do not leave it out.",
    ),
    (
        "heading_body",
        "# 押金能退吗？能退\n合同到期，押金能退。但是损坏家具的，不能全额退还，要扣维修费用，清单要双方签字。",
    ),
    ("heading_body", "# 月季可以冬天修剪\n可以。剪掉枯枝，伤口涂药，不会冻伤枝条，来年发芽更好。"),
    ("heading_body", "# Can you reheat rice? Yes\nYes, you can reheat rice once. Do not keep it warm for hours."),
    ("expired_law", "@published: 2020-05-01\n依照《物权法》第七十条的规定，业主享有所有权。"),
    ("expired_law", "@published: 2024-05-01\n《物权法》已被《民法典》取代。"),
    ("expired_law", "@published: 2024-05-01\n根据《劳动合同法》第十条，应当订立合同。"),
    ("expired_law", "@published: 2023-02-01\nThe Sex Discrimination Act 1975 was replaced by the Equality Act 2010."),
    ("expired_law", "@published: 2023-02-01\nBefore 2010 the Race Relations Act 1976 applied."),
    ("expired_law", "@published: 2024-05-01\n2019年双方签订合同，适用当时的《合同法》。"),
    ("expired_law", "@published: 2024-05-01\n《反家庭暴力法》和《妇女权益保障法》都适用。"),
)


def flags(rule: str, text: str) -> list[str]:
    detector = import_module(f"counterspin.detect.{rule}").DETECTOR
    return [flag.reason for flag in detector.scan(document_of(text), Corpus())]


@pytest.mark.parametrize(("rule", "text"), BROKEN)
def test_a_page_that_breaks_its_own_build_is_flagged(rule, text):
    assert flags(rule, text)


@pytest.mark.parametrize(("rule", "text"), WHOLE)
def test_a_page_that_only_looks_broken_is_not(rule, text):
    assert flags(rule, text) == []
