"""A second set to judge on: other topics, other dictionaries, swaps that break words and articles.

The dictionaries hold words of every kind, phrases, one word with several replacements, pairs that go both ways, and
originals that also lie across the border of two words (行为 in 银行|为了), as the lists of real tools do. Nothing
here was looked at while the rules were made. Written by us.
"""
# ruff: noqa: E501 - a text is a line

from __future__ import annotations

CHINESE = {
    "园艺": (
        "阳台上种番茄，最关键的是光照。每天至少要有六个小时的太阳，不然植株会长得又高又细，很难结出果实。浇水要遵循见干见湿的原则，土壤表面发白了再浇，一次浇透，千万别让花盆底部长期积水。",
        "多肉植物看起来很好养，其实新手最容易犯的毛病就是浇水太勤。夏天气温高的时候，大部分品种会进入休眠，这个阶段应该把花盆搬到通风的地方，停止施肥，等到秋天凉快以后再逐渐恢复正常的管理。",
        "给月季修剪，最好选在冬季落叶之后。先剪掉枯死的枝条，再把交叉的枝条去掉一根，剩下的枝条保留三到五个芽点。剪口要平滑，位置在芽点上方一厘米左右，这样伤口愈合得快，来年开花也更多。",
        "自己动手堆肥并不复杂。准备一个带盖的桶，底部钻几个小孔，铺上一层干树叶，再放厨房里的菜叶和果皮。每隔一周翻动一次，保持潮湿但不能滴水，大约三个月之后就会变成松软的黑土。",
    ),
    "求职": (
        "写简历的时候，许多毕业生喜欢罗列一大堆形容词，可是招聘人员真正关心的是具体的成果。与其说自己责任心强，不如写明负责过什么项目，用了多长时间，最终给公司带来了多少收益，这样才有说服力。",
        "离职之前要提前三十天书面通知单位，试用期内只需提前三天。办理交接手续的时候，应该列出一张清单，请主管签字，自己也留一份。如果公司拖欠工资，可以向劳动监察部门投诉，也可以申请仲裁。",
        "收到录用通知以后不要马上辞职，先弄明白岗位职责、薪酬结构以及社会保险的缴纳基数。口头的许诺没有任何法律效力，所有条件都应当写进合同。如果对方一味催促签字，却不愿意回答问题，那就要留个心眼。",
        "跳槽并不一定意味着涨薪。专家指出，频繁更换工作会让用人单位怀疑求职者的忠诚度。在做出决定以前，最好列出现在这份工作的优点和缺点，再跟家人商量，看看未来五年到底想要什么样的生活。",
    ),
    "网购": (
        "在网上买东西，收到包裹以后最好当着快递员的面拆开，发现破损立即拍照，然后联系卖家处理。按照法律规定，多数商品享有七天无理由退货的权利，但是定制的物品和生鲜食品不包括在内，购买之前要看清说明。",
        "所谓的内部折扣往往是骗子设下的圈套。他们通常先让你得到一点小小的好处，取得信任以后，再诱导你支付大笔的款项。遇到陌生人发来的链接，不要随便点击，更不要把验证码告诉任何人。",
        "比较价格的时候，不能只看标出来的数字，还要把运费、税费和优惠券的使用条件算进去。有的店铺先提高原价，再打出很低的折扣，看上去十分便宜，实际上和平常没有差别。建议用工具查一查历史价格。",
        "评价里全是好话的商品反而值得怀疑。真实的买家一般会提到一些细节，例如尺寸偏小、颜色略深之类。如果几十条评价的语气几乎一样，发布的时间又非常集中，那么很可能是商家花钱雇人写的。",
    ),
    "育儿": (
        "宝宝六个月左右就可以开始添加辅食了。第一口最好是含铁的米粉，从一小勺开始，连续观察三天，看看有没有起疹子或者拉肚子的现象。一种食物适应了，再尝试另一种，不要同时加入好几样。",
        "孩子发脾气的时候，家长先要让自己冷静下来，蹲下身子，看着他的眼睛，用简短的句子说出他的感受。等他平静了，再一起寻找解决的办法。大声训斥只会让他更加害怕，对培养良好的性格没有好处。",
        "挑选儿童安全座椅，首先要看孩子的身高和体重，而不是年龄。安装完毕以后用力摇晃一下，晃动的幅度不能超过两厘米。冬天坐车时要脱掉厚厚的外套，否则安全带和身体之间会留下空隙，碰撞时非常危险。",
        "让孩子爱上阅读，父母的榜样作用比任何方法都重要。每天睡前留出二十分钟，关掉电视，陪他一起读书，让他自己翻页，不要急于提问。长期坚持下去，他会把读书和温暖的感觉联系在一起。",
    ),
    "健身": (
        "刚开始跑步的人，常常因为速度太快而坚持不下去。正确的做法是跑三分钟走一分钟，能够一边跑一边说话就表示强度合适。每周增加的距离不要超过百分之十，给膝盖和肌肉足够的时间去适应。",
        "力量训练之后肌肉酸痛是普遍的现象，一般两三天就会自行消失。期间可以做一些轻松的活动，例如散步或者游泳，促进血液的流动。如果疼痛出现在关节，而且越来越强烈，那就要立即停止训练。",
        "减肥不能只靠节食。摄入的热量太少，身体会自动降低消耗，并且首先分解肌肉，体重下降得快，反弹得更快。合理的目标是每月减掉一到两公斤，保证充足的蛋白质，同时配合适量的运动。",
        "办理健身卡之前，先到店里试练一次，了解一下高峰时段是不是拥挤，淋浴的热水够不够。年卡看起来划算，可是许多人坚持不到三个月。签署协议时，一定要问清楚退费和转让的具体条款。",
    ),
    "搬家": (
        "搬家之前一个月就要着手整理，把半年没有用过的东西送人或者卖掉。箱子上用粗笔写明里面装的物品以及要放到哪个房间，易碎的盘子用旧衣服包裹好，贵重的首饰和证件一定要随身携带。",
        "挑选搬家公司，不要轻信网上的低价广告。正规的企业会派人上门估价，并且签订书面协议，写明总价以及损坏之后怎样赔偿。有些不良的商家装车以后临时加价，这时候应当拒绝付款，并且打电话报警。",
        "搬进新家的头一天，先检查水表、电表和燃气表的读数，拍照留存。然后更换门锁的锁芯，试一试所有的开关和插座。墙角如果有发霉的痕迹，说明防水可能没有做好，要尽快通知房东或者开发商。",
        "家具要等地板铺好一周之后再搬进去，否则容易压出痕迹。沉重的柜子应该先拆开，逐一搬运，到了新的房间再组装。冰箱运到以后不能马上通电，至少要静置两个小时，让里面的油回到原来的位置。",
    ),
    "牙齿": (
        "刷牙的时间不能少于两分钟，力度要轻，牙刷和牙龈成四十五度角。很多人忽略了牙齿的内侧，那里恰恰是牙垢最容易堆积的地方。牙刷三个月就要换新的，刷毛弯曲了说明用力过大。",
        "智齿如果长歪了，即使暂时不疼，也可能损害旁边的牙齿。拔牙前要告诉医生自己正在服用的药物，尤其是阿司匹林一类。拔完以后当天不要漱口，也不能用吸管喝东西，避免血块脱落。",
        "给孩子做窝沟封闭，最合适的年龄是六到八岁。整个过程不会疼痛，大约十几分钟就能完成。做完以后仍然需要认真刷牙，每半年复查一次，因为材料时间久了会磨损，磨损了就要及时补上。",
        "矫正牙齿不只是为了好看。牙齿排列混乱，食物残渣不容易清除，会增加患牙周病的风险。成年人同样可以矫正，只不过需要的时间更长，费用也更高。选择诊所的时候，务必查看医生的执业证书。",
    ),
    "存款": (
        "把钱存进银行为了安全，也要懂得分散。按照存款保险制度，同一家银行的本金和利息合计五十万元以内可以得到全额赔付，超出的部分要看清算的结果。因此资金较多的家庭，应当分别存放在不同的银行。",
        "银行柜台推销的产品不一定是存款，也可能是保险或者基金。签字之前要看清楚合同的名称，弄明白发行的机构是谁，中途取出会损失多少。凡是承诺高收益而没有风险的，都要多问几个为什么。",
        "提前支取定期存款，利息会按照活期计算，损失很大。可以把一笔钱分成四份，每隔三个月存一份，这样每个季度都有一份到期，既能享受较高的利率，又不影响临时的需求，十分灵活。",
        "老人的银行卡密码不要写在卡片背面，也不要使用生日。子女应当帮助他们设定转账的限额，并开通短信通知。接到自称公安的电话，要求把钱转到安全账户的，一律挂断，然后拨打官方的号码核实。",
    ),
    "睡眠": (
        "失眠的人往往越想睡着就越清醒。躺下二十分钟还没有睡意，不如起来到另一个房间看一会儿书，困了再回到床上。白天尽量不要午睡，早上无论睡得多晚都在同一时刻起床，慢慢地就会形成规律。",
        "卧室的温度保持在十八到二十二度，对睡眠最为有利。窗帘要遮光，床垫不能太软，枕头的高度大约是一个拳头。咖啡因的作用会持续六个小时以上，因此下午三点之后就不要喝咖啡和浓茶了。",
    ),
    "急救": (
        "被烫伤以后，第一件事是用流动的凉水冲洗二十分钟，而不是涂抹牙膏或者酱油，那样只会增加感染的机会。衣服粘在皮肤上的时候不要强行撕开，应该用剪刀剪开。水泡不能自己挑破，要用干净的纱布盖住，尽快送到医院。",
        "有人突然倒下，先确定周围的环境是否安全，然后拍打他的肩膀，大声呼喊。如果没有反应，也没有呼吸，立刻叫旁边的人拨打急救电话，自己开始按压胸口，每分钟一百到一百二十次，一直坚持到医生到来。",
    ),
    "租车": (
        "租车的时候，不要只看每天的租金，还要问清楚保险包含哪些内容。提车之前围着车子走一圈，把划痕和凹陷逐一拍下来，请工作人员在单子上注明。还车时油量必须和取车时一样，否则会收取很高的服务费。",
        "在国外开车，要提前了解当地的交通规则，比如有的国家在环岛里享有优先权，有的地方右转必须等待绿灯。违章的罚单会寄到租车公司，公司再从信用卡里扣除，另外加收一笔手续费。",
    ),
    "养老": (
        "挑选养老院，不能只听工作人员的介绍，最好在吃饭的时间去看一看，尝尝饭菜的味道，跟住在那里的老人聊聊天。还要查看有没有合格的护理人员，夜里是不是有人值班，离最近的医院有多远。",
        "老人独自在家，最大的危险是摔倒。卫生间要铺上防滑垫，马桶旁边安装扶手，走廊里留一盏夜灯。床边放一部电话，把子女的号码写成大字贴在墙上。每天固定的时间通一次话，可以让双方都放心。",
    ),
}

ENGLISH = {
    "gardening": (
        "Tomatoes on a balcony need at least six hours of sun every day, otherwise the plants grow tall and thin and hardly bear fruit. Water them only when the top of the soil feels dry, and make sure that the pot has holes so that the roots do not rot.",
        "The most common error of new gardeners is to water too often. During the summer many cactus plants rest, so you should move them to an airy place and stop feeding them. When the days become cooler, you can slowly return to the normal care.",
        "Roses are best pruned in late winter. Remove the dead branches first, then cut away one of any two that cross. The cut should be smooth and about a centimetre above a bud, because a clean wound heals fast and the bush will bloom more the next year.",
        "Making your own compost is not complicated. Take a bin with a lid, drill small holes into the bottom and put in a layer of dry leaves before you add kitchen scraps. Turn the heap every week and keep it damp, and after three months it will look like dark soil.",
    ),
    "jobs": (
        "Many graduates fill their résumé with adjectives, but employers mainly care about results. Instead of saying that you are responsible, describe a project that you managed, how long it took and how much money it saved. A clear number is an honest and strong argument.",
        "Before you quit, give notice in writing and keep a copy of the letter. Prepare a list of your tasks for the person who will replace you and ask your manager to sign it. If the company owes you wages, you can file a complaint with the labour office or go to court.",
        "Do not resign as soon as you obtain an offer. First understand the duties, the salary and the insurance that comes with the position. Spoken promises have no legal value, so all conditions should be written into the agreement before you sign anything.",
        "Changing jobs does not always mean higher pay. Experts say that people who move too frequently make employers doubt their loyalty. Before you choose, write down the advantages and the drawbacks of your current work and talk about them with your family.",
    ),
    "shopping": (
        "When a parcel arrives, open it in front of the driver and take a photo if anything is damaged. The law gives customers the right to send most goods back within two weeks, but this does not include food or items that were made to order.",
        "An internal discount is often a trap. The criminals first let you gain a small profit, and after they have won your trust they demand a large payment. Never click on a link that a stranger sends you, and do not tell anyone the code from your bank.",
        "To compare prices, do not only look at the big number on the page. Add the delivery, the taxes and the rules of the coupon. Some shops raise the normal price before they announce a huge discount, so the final sum is the same as before.",
        "A product with perfect reviews deserves suspicion. Real buyers generally mention small details, such as a size that runs small or a colour that looks darker. If dozens of comments use the same words and appeared on the same day, somebody probably paid for them.",
    ),
    "children": (
        "Babies can begin to eat solid food at about six months. Give one small spoon of rice cereal first and watch for three days whether a rash appears. When the child accepts one food, you may try another, but never introduce several new kinds at once.",
        "When a child gets angry, parents should calm themselves first. Sit down, look into his eyes and say in short sentences what he feels. Shouting only makes him more afraid and teaches him nothing. When he is quiet again, look for a solution together.",
        "A safe car seat must fit the height and weight of the child, not the age. Shake the seat strongly after you install it; it must not move more than two centimetres. In winter, take off thick coats, because the belt has to lie close to the body.",
    ),
    "fitness": (
        "People who begin to run often give up because they start too fast. The right method is to run three minutes and walk one, and to keep a speed at which you are able to talk. Increase the distance by no more than ten percent a week so that your knees can adapt.",
        "Sore muscles after a hard workout are normal and usually vanish within three days. Light activity such as walking or swimming helps the blood to flow. However, if the pain sits in a joint and gets stronger, stop the training and talk to a specialist.",
        "Eating less is not the only way to lose weight. If you consume too little, the body reduces the energy it needs and burns muscle first. A realistic goal is two kilograms a month, with enough protein and regular exercise to maintain your strength.",
    ),
    "moving": (
        "Start to sort your things a month before you move, and sell or donate what you have not used for half a year. Write on every box what it contains and which room it belongs to. Wrap the plates in old clothes and keep valuable documents with you.",
        "Do not trust very cheap offers of moving companies. A serious firm sends someone to estimate the volume and signs a written agreement that states the total cost and who pays for damage. If the driver suddenly demands more money, refuse and call the police.",
        "On the first day in the new house, note the numbers of the meters and take a picture. Then replace the lock, try every switch and inspect the corners for mould. If you discover stains on the wall, inform the owner quickly, because repairs become expensive later.",
    ),
    "teeth": (
        "Brush your teeth for at least two minutes and do not press hard. Many people forget the inner side, where dirt gathers most easily. Replace the brush every three months, or sooner if the hair is bent, since that shows that you use too much force.",
        "A wisdom tooth that grows at an angle can harm the tooth beside it, even if it does not hurt yet. Tell the dentist which drugs you take before it is pulled. Afterwards do not rinse your mouth or use a straw for a day, to avoid bleeding.",
        "Straight teeth are not only a question of beauty. Food remains stay between crooked teeth and raise the danger of disease. Adults can correct their teeth too, although it takes more time and the cost is higher. Always examine the licence of the clinic.",
    ),
    "savings": (
        "Money in a bank is protected up to a fixed limit for each person and each bank. If your family owns more than that, divide it between different banks. Interest counts towards the limit as well, so leave some room and verify the total every year.",
        "What the bank sells at the counter is not necessarily a savings account; it may be insurance or a fund. Before you sign, read the name of the contract, learn who issued it and how much you lose if you withdraw early. High profit without risk does not exist.",
        "Older people should not write the code on the back of the card or use their birthday. Their children can help to set a limit for transfers. If someone who claims to be a police officer asks for money, hang up and dial the official number.",
    ),
    "sleep": (
        "The more you want to fall asleep, the more awake you feel. If you have been in bed for twenty minutes, get up and read a book in another room until you are tired. Rise at the same hour each morning, even after a bad night, and your body will find its rhythm.",
        "A cool and dark bedroom is best for sleep. The mattress should be neither too soft nor too hard, and the pillow about as high as a fist. Coffee has an effect for six hours or longer, so avoid it after three in the afternoon.",
    ),
}

_CHINESE_SWAPS = """
关键: 要害,核心
至少: 起码,最少
不然: 要不,如若不然
很难: 难以,难于
遵循: 遵照,恪守
原则: 准则,法则
表面: 外表,外层
长期: 长久,长时间
看起来: 看上去,瞧起来
看上去: 看起来,乍看
容易: 轻易
毛病: 弊病,差错
新手: 生手,初学者
时候: 时刻
大部分: 绝大部分,大多
品种: 种类,品类
阶段: 时期,时段
通风: 透风
停止: 中止,终止
逐渐: 渐渐,逐步
正常: 平常,常规
管理: 打理,治理
最好: 最佳,极好
剩下: 余下,剩余
保留: 留存,留下
位置: 方位,地位
左右: 上下,前后
这样: 如此,这般
自己动手: 亲自动手
动手: 着手,入手
着手: 动手
并不复杂: 并不繁琐,十分简便
准备: 预备,筹办
底部: 底端,下部
保持: 维持,坚持
大约: 大概,约莫
变成: 变为,成为
许多: 不少,很多
很多: 许多,众多
喜欢: 喜爱,爱好
罗列: 列举,陈列
可是: 但是,不过
但是: 可是,然而
真正: 确实,实在
关心: 关怀,关切
具体: 详细,细致
成果: 效果,结果
与其: 倒不如
责任心: 责任感
负责: 担任,掌管
项目: 工程,名目
最终: 最后,终究
收益: 利益,收成
说服力: 感染力
之前: 以前,先前
以前: 之前,过去
提前: 提早,预先
书面: 字面
通知: 告诉,知会
单位: 部门,机构
办理: 处理,打点
手续: 程序,步骤
应该: 应当,该
应当: 应该,理应
清单: 列表,明细
主管: 主任,上司
公司: 企业,厂商
企业: 公司
拖欠: 亏欠,欠下
工资: 薪水,薪金
投诉: 控诉,上告
申请: 恳求,报名
以后: 之后,今后
之后: 以后,然后
马上: 立时,当即
弄明白: 搞清楚,弄清
职责: 任务,本分
结构: 构造,布局
缴纳: 交纳,上缴
许诺: 承诺,应允
承诺: 许诺,答应
任何: 一切,所有
法律: 法令,律法
效力: 功效,效果
条件: 前提,要求
一味: 一个劲儿
催促: 敦促,督促
愿意: 乐意,情愿
回答: 答复,解答
意味着: 代表着,预示着
专家: 行家,学者
指出: 指明,点明
频繁: 屡次,再三
更换: 改换,调换
怀疑: 疑心,猜忌
忠诚: 忠实,虔诚
决定: 决议,决策
优点: 长处,好处
缺点: 毛病,短处
商量: 商议,磋商
未来: 将来,以后
到底: 究竟,终究
生活: 糊口,日子
发现: 发觉,觉察
破损: 损坏,破坏
立即: 立刻,马上
立刻: 立即,登时
联系: 接洽,联络
处理: 解决,处置
解决: 处理,搞定
按照: 依照,遵循
规定: 划定,条例
多数: 大都,多半
享有: 享受,具有
权利: 权力,权益
包括: 包罗,蕴含
购买: 采办,选购
说明: 注明,阐明
所谓的: 号称的
往往: 常常,经常
常常: 往往,时常
圈套: 骗局,陷阱
通常: 凡是,平常
好处: 益处,甜头
取得: 获得,得到
得到: 取得,获取
信任: 信赖,相信
诱导: 诱惑,引诱
支付: 付出,付给
遇到: 碰到,遇见
陌生人: 生疏人
随便: 随意,任意
比较: 对照,较量
价格: 代价,价钱
数字: 数目
便宜: 廉价,实惠
实际上: 现实上,事实上
差别: 不同,区别
建议: 倡议,发起
工具: 东西,器材
反而: 反倒,倒
值得: 值当
真实: 实在,真正
一般: 普通,通常
提到: 谈到,说起
例如: 比如,譬如
比如: 例如,好比
几乎: 险些,简直
发布: 公布,宣布
集中: 会合,聚集
雇人: 请人,找人
开始: 起头,最先
添加: 增添,增加
连续: 持续,一连
观察: 察看,视察
现象: 征象,景象
适应: 顺应,合适
尝试: 测验,实验
同时: 同期,与此同时
加入: 插手,参加
孩子: 小孩,儿童
儿童: 小孩子,孩童
家长: 父母
父母: 爸妈,家长
冷静: 沉着,镇定
感受: 体验,感触
寻找: 探求,追寻
办法: 方法,法子
方法: 办法,要领
害怕: 畏惧,恐惧
培养: 造就,培育
良好: 优越,优良
性格: 脾气,脾性
挑选: 选择,遴选
选择: 挑选,抉择
首先: 起首,第一
安装: 装配,装置
完毕: 终了,结束
用力: 使劲,努力
超过: 凌驾,跨越
否则: 不然,要不然
危险: 伤害,风险
风险: 危险,危害
重要: 主要,首要
坚持: 对峙,保持
温暖: 暖和,和煦
感觉: 觉得,感到
速度: 速率
正确: 精确,准确
能够: 可以,可能
表示: 暗示,透露
强度: 力度
合适: 适宜,恰当
增加: 增长,添加
足够: 充足,富足
普遍: 遍及,广泛
消失: 消散,消逝
期间: 时代,时期
活动: 运动,勾当
促进: 推动,增进
强烈: 猛烈,激烈
训练: 锻炼,练习
减肥: 瘦身,减重
降低: 下降,低落
消耗: 耗费,花费
合理: 公道,正当
目标: 方针,标的
保证: 包管,担保
充足: 充沛,足够
配合: 合营,协同
了解: 相识,懂得
拥挤: 拥堵,挤
划算: 合算,上算
协议: 和谈,协定
条款: 条目
整理: 收拾,清算
东西: 工具,物品
物品: 物件,东西
贵重: 名贵,珍贵
携带: 带领,佩戴
轻信: 轻易相信
正规: 正轨,规范
赔偿: 补偿,抵偿
拒绝: 回绝,谢绝
检查: 查抄,查看
痕迹: 陈迹,印记
尽快: 尽早,赶快
沉重: 繁重,极重
时间: 工夫,光阴
忽略: 轻忽,疏忽
恰恰: 偏偏,正好
堆积: 聚积,沉积
暂时: 临时,姑且
损害: 侵害,伤害
告诉: 奉告,通知
正在: 正,在
服用: 服食,吃
尤其: 特别,特殊
避免: 制止,防止
认真: 当真,卖力
及时: 实时,按时
因为: 由于,因
不只是: 不仅仅是
混乱: 杂乱,紊乱
清除: 断根,扫除
同样: 一样,异样
只不过: 只是,不过是
务必: 必须,必需
必须: 必需,务必
行为: 举动,表现
为了: 为着
安全: 平安,保险
懂得: 晓得,知道
分散: 疏散,涣散
制度: 轨制,体制
超出: 超越,凌驾
因此: 是以,所以
所以: 因此,以是
分别: 划分,离别
推销: 倾销,兜售
清楚: 清晰,明白
机构: 机关,组织
损失: 丧失,亏损
享受: 享用,消受
影响: 作用,感化
灵活: 机动,矫捷
需求: 需要,请求
需要: 必要,须要
帮助: 协助,资助
设定: 配置,设置
要求: 请求,条件
号码: 号子
核实: 查对,核查
清醒: 苏醒,复苏
尽量: 只管,尽可能
无论: 不管,岂论
形成: 构成,造成
规律: 纪律,法则
有利: 有益,无益
持续: 连续,延续
作用: 感化,功用
机会: 时机,机遇
强行: 强制,硬
突然: 俄然,忽然
环境: 情况,情形
反应: 回响,反映
内容: 形式,实质
逐一: 逐个,一一
规则: 法则,规矩
优先: 优先级高的
介绍: 先容,简介
味道: 滋味,口味
合格: 及格,达标
独自: 单独,独立
固定: 牢固,稳固
放心: 安心,宽心
"""

_ENGLISH_SWAPS = """
need: require,demand
at least: no less than,at minimum
otherwise: or else,if not
every: each,every single
each: every,every individual
tall: lofty,high
thin: slender,skinny
hardly: scarcely,barely
only: merely,just
make sure: ensure,be certain
common: widespread,frequent
error: mistake,oversight
often: regularly,repeatedly
during: throughout,amid
many: numerous,countless
rest: relax,repose
move: shift,relocate
stop: cease,halt
become: turn,grow to be
slowly: gradually,little by little
return: go back,revert
normal: ordinary,usual
usual: normal,customary
remove: eliminate,take away
first: initially,firstly
smooth: even,sleek
clean: spotless,pristine
fast: rapid,speedy
complicated: complex,intricate
small: tiny,little
little: small,minor
bottom: base,underside
add: include,incorporate
damp: moist,wet
graduates: alumni,degree holders
mainly: chiefly,mostly
care: mind,be concerned
results: outcomes,findings
instead of: rather than,as opposed to
responsible: accountable,liable
describe: depict,portray
managed: handled,oversaw
saved: spared,rescued
clear: obvious,evident
honest: truthful,sincere
strong: powerful,robust
argument: contention,reasoning
quit: leave,resign
resign: step down,quit
notice: warning,notification
copy: duplicate,replica
prepare: arrange,get ready
tasks: duties,assignments
duties: obligations,tasks
replace: substitute,swap
company: firm,enterprise
firm: company,business
wages: salary,earnings
salary: pay,remuneration
complaint: grievance,objection
obtain: get,receive
understand: comprehend,grasp
position: post,role
promises: guarantees,assurances
value: worth,merit
agreement: contract,accord
contract: agreement,deal
always: constantly,invariably
mean: signify,imply
frequently: often,oftentimes
doubt: question,distrust
loyalty: fidelity,allegiance
choose: select,pick
advantages: benefits,perks
drawbacks: disadvantages,downsides
current: present,existing
talk: speak,chat
parcel: package,packet
arrives: comes,turns up
damaged: broken,harmed
customers: clients,consumers
goods: merchandise,products
send: dispatch,mail
items: articles,things
discount: reduction,markdown
trap: snare,pitfall
criminals: crooks,offenders
gain: acquire,earn
profit: earnings,gain
demand: require,insist on
large: big,sizeable
never: by no means,not ever
stranger: outsider,unknown person
tell: inform,notify
compare: contrast,evaluate
look: glance,peek
delivery: shipping,transport
rules: regulations,guidelines
raise: increase,elevate
increase: raise,boost
announce: declare,proclaim
huge: enormous,massive
final: ultimate,last
perfect: flawless,ideal
deserves: merits,warrants
suspicion: mistrust,doubt
real: genuine,actual
generally: typically,in general
mention: cite,bring up
details: particulars,specifics
probably: most likely,presumably
begin: start,commence
start: begin,kick off
watch: observe,monitor
appears: emerges,shows up
accepts: takes,tolerates
introduce: present,bring in
several: various,a number of
angry: furious,mad
parents: mothers and fathers,guardians
calm: soothe,settle
afraid: scared,frightened
teaches: educates,instructs
quiet: silent,hushed
solution: answer,remedy
safe: secure,protected
fit: suit,match
strongly: firmly,vigorously
install: set up,mount
thick: heavy,dense
close: near,tight
give up: surrender,abandon
right: correct,proper
method: technique,approach
able: capable,in a position
distance: range,span
adapt: adjust,acclimatise
sore: aching,painful
vanish: disappear,fade
light: gentle,mild
activity: exercise,movement
helps: assists,aids
however: nevertheless,still
pain: ache,discomfort
specialist: expert,professional
lose: shed,forfeit
consume: devour,eat
reduces: lowers,decreases
energy: vitality,power
realistic: practical,sensible
goal: target,objective
enough: sufficient,adequate
regular: steady,routine
maintain: keep,preserve
sort: organise,arrange
sell: vend,trade
donate: contribute,give away
contains: holds,includes
belongs: pertains,goes
valuable: precious,priceless
trust: believe,rely on
cheap: inexpensive,low-cost
serious: severe,solemn
estimate: assess,gauge
total: entire,overall
cost: expense,price
damage: harm,destruction
suddenly: abruptly,all of a sudden
refuse: decline,reject
note: record,jot down
picture: photo,image
try: attempt,test
inspect: examine,scrutinise
examine: inspect,study
discover: find,uncover
inform: tell,alert
quickly: promptly,rapidly
expensive: costly,pricey
later: afterwards,subsequently
forget: overlook,neglect
dirt: grime,filth
gathers: collects,accumulates
easily: readily,effortlessly
force: pressure,power
harm: injure,damage
drugs: medications,medicines
avoid: prevent,steer clear of
question: matter,issue
beauty: loveliness,attractiveness
remains: leftovers,residue
danger: risk,peril
risk: danger,hazard
disease: illness,sickness
correct: rectify,fix
higher: greater,steeper
protected: guarded,shielded
limit: cap,ceiling
divide: split,separate
different: distinct,various
verify: confirm,check
necessarily: inevitably,automatically
withdraw: take out,pull out
exist: be real,occur
official: authorised,formal
awake: alert,conscious
tired: weary,exhausted
rise: get up,ascend
rhythm: pace,tempo
best: finest,ideal
soft: tender,squishy
effect: impact,influence
longer: lengthier,more
"""


def _read(lines: str) -> dict[str, tuple[str, ...]]:
    rows = (line.split(": ", 1) for line in lines.strip().splitlines())
    return {original: tuple(targets.split(",")) for original, targets in rows}


FRESH = {"zh": _read(_CHINESE_SWAPS), "en": _read(_ENGLISH_SWAPS)}
TEXTS = {"zh": CHINESE, "en": ENGLISH}
