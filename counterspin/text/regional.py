"""Words that one region writes for another's: an honest conversion changes exactly these.

Taiwan and Hong Kong against the mainland (compared in simplified characters), American against British English.
Written by hand from common knowledge; spelling rules cover most of the English ones.
"""
# ruff: noqa: E501 - a table of words

from __future__ import annotations

import re
from functools import cache

_CHINESE = """
软件软体 硬件硬体 用户使用者 用户用户 信息资讯 信息讯息 通过透过 网络网路 网络網路 视频影片 视频视讯 音频音讯 质量品质 短信简讯 数据资料 打印列印
打印机印表机 激光雷射 默认预设 登录登入 注销登出 程序程式 程序員程式设计师 编程程式设计 文件档案 文件夹资料夹 服务器伺服器 硬盘硬碟 光盘光碟 磁盘磁碟
内存记忆体 屏幕萤幕 屏幕荧幕 鼠标滑鼠 菜单选单 菜单功能表 设置设定 查看检视 响应回应 帐号帐号 账号帐号 账户帐户 链接连结 连接连线 在线线上 线下离线
支持支援 保存储存 查找搜寻 搜索搜寻 收藏夹我的最爱 博客部落格 优化最佳化 优化优化 项目专案 项目计划 接口介面 界面介面 模块模组 字体字型 字符字元 字节位元组
数组阵列 变量变数 函数函式 对象物件 线程执行绪 进程处理程序 循环回圈 回复回覆 粘贴贴上 复制复制 剪切剪下 撤销复原 刷新重新整理 移动行动 手机手机 移动电话行动电话
出租车计程车 出租车的士 公交车公车 公交车巴士 地铁捷运 立交桥交流道 摩托车机车 自行车脚踏车 自行车单车 酒店饭店 宾馆饭店 服务员服务生 前台柜台 前台柜檯 卫生间洗手间
土豆马铃薯 西红柿番茄 酸奶优格 酸奶乳酪 菠萝凤梨 花生土豆 盒饭便当 方便面泡面 快餐速食 冰激凌冰淇淋 奶酪起司 三文鱼鲑鱼 猕猴桃奇异果
幼儿园幼稚园 小学国小 初中国中 本科大学部 研究生研究所 宿舍宿舍 领导长官 普通话国语 公安警察 居委会里办公室 小区社区 物业管理公司 转账转帐 信用卡信用卡
人民币新台币 塑料塑胶 熊猫猫熊 空调冷气 冰箱电冰箱 电饭锅电锅 创可贴ok绷 感冒药感冒药 献血捐血 艾滋病爱滋病 非典sars 知识产权智慧财产权 人工智能人工智慧 互联网网际网路
导弹飞弹 航天太空 飞机票机票 发动机引擎 刹车煞车 摄像头摄影机 照相机相机 数码数位 数字数位 模拟类比 集成电路积体电路 芯片晶片 半导体半导体 光驱光碟机
概率机率 立体声立体声 集装箱货柜 水平水准 渠道管道 质检品管 策划企划 演示示范 演示简报 培训训练 反馈回馈 反馈意见 缺省预设 重启重新启动 卸载解除安装 安装安装
"""
_ENGLISH = """
flat apartment|lift elevator|lorry truck|petrol gas|boot trunk|bonnet hood|holiday vacation|rubbish garbage|rubbish trash
pavement sidewalk|motorway highway|mobile cell|autumn fall|biscuit cookie|crisps chips|nappy diaper|queue line|tap faucet
torch flashlight|underground subway|postcode zip|solicitor lawyer|chemist pharmacy|timetable schedule|tyre tire|tyres tires
grey gray|cheque check|cheques checks|aluminium aluminum|programme program|programmes programs|mum mom|mums moms
kerb curb|storey story|pyjamas pajamas|whilst while|amongst among|learnt learned|burnt burned|towards toward|afterwards afterward
"""
_SPELLINGS = (
    (r"our", "or"), (r"is(e|es|ed|ing|ation|ations|er|ers)$", r"iz\1"), (r"ys(e|es|ed|ing)$", r"yz\1"), (r"re(s?)$", r"er\1"),
    (r"ence(s?)$", r"ense\1"), (r"ll(ed|ing|er|ers|est|ation)$", r"l\1"), (r"ae", "e"), (r"oe", "e"), (r"ogue(s?)$", r"og\1"),
    (r"ll?ment", "llment"), (r"lful", "llful"), (r"l$", "ll"),
)  # fmt: skip


def is_regional(left: str, right: str) -> bool:
    """Whether the two words (normal form) are one word of two regions, in either direction."""
    return left == right or frozenset((left, right)) in _known() or _spelled(left) == _spelled(right)


@cache
def _known() -> frozenset[frozenset[str]]:
    words = _CHINESE.split()
    halves = (_halves(word) for word in words)
    english = (frozenset(pair.split()) for pair in _ENGLISH.replace("\n", "|").split("|") if pair)
    return frozenset((*(frozenset(half) for pair in halves for half in pair), *english))


def _halves(word: str) -> tuple[tuple[str, str], ...]:
    # The two words stand side by side; where they are not equally long, each way to cut them is taken.
    return tuple((word[:at], word[at:]) for at in range(2, len(word) - 1))


def _spelled(word: str) -> str:
    if not word.isascii():
        return word
    for british, american in _SPELLINGS:
        word = re.sub(british, american, word)
    return word
