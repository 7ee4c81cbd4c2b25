"""Dictionaries of invented spinners, in two halves that share no original: one to develop with, one held out.

The code under test has never seen the second half. Written by us.
"""

from __future__ import annotations

_CHINESE_DEV = """
应该 应当,理当,该当
问题 疑难,难点
需要 须得,要有
时候 时分,之际
检查 查验,检视
选择 挑选,择取
重要 紧要,关键
建议 提议,倡议
方面 层面,角度
非常 十分,极其
如果 假如,倘若
因为 由于,缘于
帮助 协助,援助
准备 预备,筹备
减少 缩减,降低
容易 轻易,简单
产生 出现,滋生
收取 索取,征收
收入 所得,进项
电话 来电,电联
困难 艰难,难处
计划 打算,规划
能够 可以,足以
然后 接着,随后
马上 立刻,即刻
医生 大夫,医师
身体 躯体,身子
恢复 复原,康复
发现 察觉,发觉
继续 接续,持续
经常 时常,屡屡
明显 显著,显而易见
提高 增强,提升
距离 间距,间隔
观察 观看,察看
材料 资料,原料
确认 认定,核实
购买 采购,选购
仔细 细心,认真细致
保存 储存,留存
费用 花费,开销
时间 工夫,时长
情况 状况,情形
决定 断定,抉择
"""

_CHINESE_HELD_OUT = """
首先 起初,第一步
清楚 明白,明晰
目前 当前,眼下
提出 给出,抛出
承受 承担,背负
收到 接到,接获
紧张 慌乱,不安
其实 实则,事实上
沟通 交流,商谈
解决 化解,消除
一般 平常,寻常
根据 依据,凭借
同意 赞同,准许
协商 商议,磋商
按照 遵照,比照
约定 商定,说好
否则 不然,要不然
影响 波及,左右
因此 所以,故而
必须 务必,一定要
重视 看重,注重
设置 设定,安排
提醒 提示,警示
足够 充足,充裕
忘记 遗忘,忘掉
办理 操办,办妥
证明 佐证,印证
能力 本领,实力
部分 局部,有些
声称 宣称,自称
往往 常常,每每
小心 当心,谨慎
千万 切记,务必
亲自 亲身,本人
现场 当场,实地
完好 完整,无损
最好 最佳,最为理想
仔细阅读 细读,通读
常见 多见,普遍
拍摄 摄制,拍下
损坏 损毁,破损
双方 两方,彼此
达成 形成,取得
申请 请求,申领
直接 径直,直截了当
虽然 尽管,即便
规则 规矩,章程
遇到 碰到,遭遇
礼貌 客气,有礼
生活 日子,起居
注意 当心,在意
方式 形式,途径
比较 较为,相对
稳定 平稳,牢靠
另外 此外,除此之外
感觉 感受,体会
保证 确保,担保
大多数 多数,绝大部分
使用 采用,运用
严重 厉害,要命
测量 量度,测定
方便 便于,便利
了解 知晓,知悉
变化 改变,变动
出现 显现,冒出
后果 恶果,结局
疲劳 疲倦,疲惫
专家 行家,内行
降低 调低,下降
质量 品质,水准
认真 用心,郑重
异常 反常,不正常
及时 适时,尽早
咨询 询问,请教
控制 把控,限制
更换 替换,调换
正常 平常,良好
保持 维持,保有
经过 途经,穿过
冒险 涉险,铤而走险
联系 联络,通知
记录 纪录,记载
发生 产生,爆发
事故 意外,事端
保护 爱护,守护
平时 平日,素日
制订 制定,拟定
完成 做完,达成
总结 归纳,小结
参加 出席,加入
回答 答复,回应
观点 看法,见解
复杂 繁杂,繁琐
认为 觉得,以为
错误 不对,谬误
学习 进修,念书
效率 效能,功效
有效 管用,奏效
养成 形成,培育
习惯 惯例,习性
符合 契合,合乎
规定 规范,条文
成功 顺利,胜利
确定 明确,敲定
打开 敞开,开启
合适 恰当,适宜
避免 防止,免得
"""

_ENGLISH_DEV = """
help assist,aid
easy simple,effortless
important crucial,vital
quickly rapidly,swiftly
large big,huge
check inspect,verify
buy purchase,acquire
problem issue,trouble
doctor physician,medic
usually normally,typically
because since,as
start begin,commence
always constantly,invariably
ask request,enquire
finished completed,concluded
plenty lots,loads
"""

_ENGLISH_HELD_OUT = """
miss skip,overlook
ignore disregard,neglect
find discover,locate
total entirety,whole
explain describe,clarify
situation circumstance,condition
honestly truthfully,frankly
offer propose,present
amount sum,quantity
afford manage,bear
good great,decent
cheaper less-expensive,lower-priced
correct fix,rectify
wrong incorrect,mistaken
mistake error,blunder
promise pledge,vow
search look,hunt
complaints grievances,objections
drink consume,gulp
enough sufficient,adequate
recover heal,recuperate
serious grave,severe
immediately instantly,straightaway
difficult hard,tough
measure gauge,assess
result outcome,finding
reducing lowering,cutting
simple straightforward,plain
improve enhance,better
completely entirely,totally
tired weary,exhausted
recommend suggest,advise
short brief,quick
evening night,nightfall
avoid evade,prevent
gently softly,mildly
collect gather,accumulate
trip journey,voyage
complete full,entire
refuses declines,rejects
probably likely,presumably
hide conceal,mask
lose forfeit,shed
protect safeguard,shield
several various,numerous
travel journey,tour
collecting gathering,assembling
often frequently,regularly
book reserve,order
price cost,rate
near close-to,beside
learn discover,realise
visit tour,see
rest relax,unwind
carry bring,take
stay remain,keep
surprises shocks,upsets
properly correctly,rightly
pay spend,settle
pictures photos,images
evidence proof,confirmation
apartment flat,residence
"""


def _read(lines: str) -> dict[str, tuple[str, ...]]:
    rows = (line.split(" ", 1) for line in lines.strip().splitlines())
    return {original: tuple(targets.split(",")) for original, targets in rows}


DEVELOPMENT = {"zh": _read(_CHINESE_DEV), "en": _read(_ENGLISH_DEV)}
HELD_OUT = {"zh": _read(_CHINESE_HELD_OUT), "en": _read(_ENGLISH_HELD_OUT)}
