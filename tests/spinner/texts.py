"""Texts of our own to spin: independent passages on the same topics, statutes that run parallel, words to mix.

Each topic has passages written apart from one another, so that two of one topic are what honest pages on one subject
look like. Nothing here was taken from a page.
"""
# ruff: noqa: E501 - a text is a line

from __future__ import annotations

CHINESE = {
    "信用卡": (
        "信用卡逾期以后，不要急着躲避银行的电话。首先应该弄清楚自己一共欠了多少钱，其中本金是多少，利息和违约金又是多少。然后主动联系银行的客服，说明目前的困难，并且提出一个自己能够承受的还款计划。",
        "很多人在收到催款短信之后会感到非常紧张，其实只要及时沟通，大部分问题都可以解决。银行一般会根据客户的收入情况，决定是否同意分期还款。如果协商成功，需要按照约定的时间还钱，否则之前的努力就会白费。",
        "个人信用记录会影响以后的贷款和租房，因此必须重视每一次还款。建议把所有账单的日期写在一张表里，设置好手机提醒，同时给账户留下足够的余额。万一忘记了，也要在宽限期之内把欠款补上。",
        "办理停息挂账之前，要准备好收入证明、医院的诊断书等材料，用来证明自己确实没有能力一次还清。部分中介声称可以代办，收取高额费用，但是往往什么也没有做，大家一定要小心这种骗局。",
    ),
    "租房": (
        "租房的时候千万不要只看照片就交钱。应该亲自到现场检查水电、门锁和家具是否完好，最好用手机拍下视频作为证据。签合同之前要确认对方是不是真正的房东，并且仔细阅读关于押金的条款。",
        "退租时房东不肯退还押金是一个常见的问题。租客可以先拿出入住时拍摄的照片，说明房屋并没有损坏。如果双方无法达成一致，可以向社区调解委员会申请帮助，或者直接到法院起诉。",
        "合租虽然能够减少开支，但是也容易产生矛盾。建议在搬进去之前，就把卫生、电费和访客等规则写清楚。遇到噪音方面的困扰，应当先礼貌地沟通，不要一开始就争吵，否则以后的生活会非常难受。",
        "冬天选择房子要特别注意供暖的方式。集中供暖比较稳定，费用也比较低；自己烧燃气则需要每个月多花几百块钱。另外，窗户的密封程度对室内温度有很大影响，看房的时候可以用手感觉一下有没有风。",
    ),
    "健康": (
        "感冒的时候应该多喝温水，保证足够的睡眠，让身体慢慢恢复。大多数普通感冒不需要使用抗生素，因为它对病毒没有作用。如果发烧超过三天，或者呼吸变得困难，就必须马上去医院检查。",
        "高血压患者每天都要测量血压，并且把数字记下来，方便医生了解病情的变化。饮食方面要减少食盐，多吃新鲜的蔬菜。即使血压已经正常，也不能自己停药，否则很可能会出现严重的后果。",
        "长时间看电脑会使眼睛感到疲劳。专家建议每工作四十分钟就站起来走一走，看看远处的树木。晚上应当降低屏幕的亮度，睡觉之前一个小时最好不要玩手机，这样能够明显提高睡眠的质量。",
        "选择体检项目的时候，并不是越贵越好。年轻人通常只需要做血常规、肝功能和胸片等基本检查；四十岁以后，可以增加胃镜和肠镜。拿到报告以后要认真阅读，发现异常的指标应该及时咨询医生。",
    ),
    "汽车": (
        "新车在最初的一千公里里不要开得太快，发动机的转速最好控制在三千以下。每次启动以后不必长时间等待，慢慢开动就可以。第一次保养十分重要，一定要更换机油，并且检查轮胎的压力是否正常。",
        "下雨天开车要提前打开大灯，和前面的车保持更长的距离。经过积水的路段时，应该先观察水的深度，如果超过轮胎的一半，就不要冒险通过。一旦车子在水里熄火，千万不要再次启动，而要马上联系救援。",
        "买二手车之前，可以请有经验的朋友帮忙检查。重点看看车身的缝隙是不是均匀，发动机有没有漏油的痕迹。还可以到维修店查询过去的保养记录，了解这辆车是否发生过严重的事故。",
        "电动车的电池在寒冷的天气里会明显变弱，续航里程可能减少三成左右。为了保护电池，平时应当把电量保持在百分之二十到百分之八十之间。长期不用的时候，也需要每个月充一次电。",
    ),
    "考试": (
        "准备考试的关键是制订一个切实可行的计划。可以把全部内容分成若干个小部分，每天完成一个，周末再进行总结。遇到不懂的地方要马上记录下来，及时向老师请教，不要把问题留到最后几天。",
        "参加面试的时候，第一印象非常重要。衣服要干净整齐，说话的声音要清楚，眼睛应该看着对方。回答问题之前可以先想几秒钟，然后按照顺序讲出自己的观点，不需要使用特别复杂的词语。",
        "不少家长认为补习班越多越好，实际上这种想法是错误的。孩子如果没有时间休息和运动，学习的效率反而会下降。更有效的办法是帮助他养成独立思考的习惯，让他明白为什么要学习。",
        "报名之前一定要看清楚通知里的条件，例如年龄、学历和工作年限等要求。照片的大小必须符合规定，否则系统会拒绝接收。缴费成功以后要保存好凭证，考试前一周记得打印准考证。",
    ),
    "旅行": (
        "出国旅行之前，要确认护照的有效期至少还有六个月。签证材料应当提前两个月开始准备，因为审核的时间并不固定。建议把重要文件的照片存在邮箱里，万一丢失，可以更快地得到使馆的帮助。",
        "预订酒店的时候，除了价格以外，还要关注位置和取消政策。靠近地铁的酒店虽然贵一些，但是能够节省很多交通费用。看评价时不要只看分数，应该仔细阅读最近几个月的差评，了解真实的情况。",
        "带着老人和孩子旅行，行程一定不能安排得太满。每天上午参观一个景点，下午留出足够的时间休息。随身要准备常用的药品，并且提前了解当地医院的位置，这样遇到意外就不会慌张。",
        "在高原地区旅行，头两天不要洗澡，也不要做剧烈的运动，让身体有时间适应。如果感到头痛和恶心，应当马上休息并且吸氧。症状没有好转的话，必须尽快下到海拔较低的地方。",
    ),
    "茶叶": (
        "泡绿茶的水温不宜太高，八十度左右比较合适，否则会破坏茶叶里的维生素。第一泡的时间大约是一分钟，以后每次增加半分钟。茶叶的用量因人而异，一般情况下三克茶叶配一百五十毫升的水就足够了。",
        "保存普洱茶要选择通风、干燥并且没有异味的地方，避免阳光直接照射。不能把茶放进冰箱，也不要和香皂、药品等东西放在一起。如果发现茶叶表面长出了白色的霉点，就应该马上扔掉，不可以继续饮用。",
    ),
    "宠物": (
        "刚出生的小狗每天需要睡十八个小时以上，主人不要经常去打扰它。疫苗要按照医生给出的时间表注射，在全部完成之前，不可以带它到外面散步。洗澡也要等到三个月以后，否则很容易生病。",
        "猫咪突然不吃东西，可能是换了新的猫粮，也可能是身体不舒服。可以先观察它的精神状态，看看有没有呕吐或者拉肚子。如果超过二十四小时还没有进食，就必须带到宠物医院检查，不能继续等待。",
    ),
    "装修": (
        "装修之前要先确定预算，并且留出百分之十的钱应付意外的开支。和装修公司签合同的时候，应当把材料的品牌、型号写清楚，付款最好分成四次，每完成一个阶段并且验收合格以后再付下一笔。",
        "新房装修好以后不要急着搬进去，应该打开窗户通风至少三个月。购买家具时要查看环保检测的报告，选择甲醛含量低的产品。室内可以摆放一些绿色植物，但是它们的作用非常有限，不能代替通风。",
    ),
    "做饭": (
        "煮米饭的时候，水和米的比例大约是一点二比一。洗米不要超过两遍，否则营养会大量流失。煮好以后不要马上打开盖子，再等十分钟，米饭会变得更加松软。剩下的米饭要及时放进冰箱保存。",
        "炒青菜想要保持绿色，锅一定要热，时间一定要短。先把水分沥干，再放进油里快速翻炒，出锅之前才加盐。如果喜欢脆一点的口感，可以提前用加了盐的开水烫一下，然后马上放到冷水里。",
    ),
}

ENGLISH = {
    "credit": (
        "If you miss a card payment, do not ignore the letters from your bank. First find out how much you owe in total and which part of it is interest. Then call the support line, explain your situation honestly and offer a monthly amount that you can really afford to pay.",
        "A good credit score helps you get cheaper loans and makes it easier to rent a flat. You should check your report at least once a year and correct any wrong entry at once. Closing old accounts is usually a mistake because it makes your history look shorter than it is.",
        "Many companies promise to repair your credit quickly for a large fee. In most cases they only send letters that you could write yourself without paying anything. Before you sign a contract, ask for the total price and search for complaints about the company.",
    ),
    "health": (
        "When you have a cold, drink plenty of water and get enough sleep so that your body can recover. Antibiotics do not work against viruses and may cause serious side effects. See a doctor immediately if the fever lasts longer than three days or if breathing becomes difficult.",
        "People with high blood pressure should measure it every morning and write the result down. Reducing salt and eating fresh vegetables is a simple way to improve the numbers. Never stop taking your medicine without asking your doctor, even when you feel completely well.",
        "Looking at a screen for many hours makes your eyes tired and dry. Experts recommend a short break every forty minutes and a look at something far away. In the evening you should lower the brightness and put the phone away one hour before you go to bed.",
    ),
    "cars": (
        "During the first thousand kilometres you should drive a new car gently and avoid very high engine speeds. The first service is especially important because small metal parts collect in the oil. Check the pressure of the tyres every month and always before a long trip.",
        "Buying a used car is easier if you bring a friend who knows engines. Look at the gaps between the doors, search for fresh paint and ask for the complete service history. A seller who refuses a test drive is probably trying to hide a problem.",
        "Electric cars lose part of their range in cold weather because the battery works more slowly. To protect it, keep the charge between twenty and eighty percent in daily use. If you leave the car for several weeks, charge it once a month.",
    ),
    "travel": (
        "Before you travel abroad, make sure that your passport is valid for at least six more months. Start collecting the papers for the visa two months early, since the office often needs more time than it says. Keep photos of all important documents in your mailbox.",
        "When you book a hotel, look at the location and the cancellation rules as well as the price. A room near the station may cost more but saves a lot of money for transport. Read the worst reviews of the last months to learn what really happens there.",
        "Travelling with children works best when the plan has plenty of free time. Visit one sight in the morning and rest in the afternoon. Carry the usual medicine with you and find out where the nearest hospital is, so that you stay calm if something happens.",
    ),
    "home": (
        "Set a budget before you start to renovate and keep ten percent of it for surprises. Write the brand and the model of every material into the contract. Pay in four parts, and only after you have checked that each stage was finished properly.",
        "Never pay a deposit for a flat that you have only seen in pictures. Visit the place, test the water and the locks, and take a video as evidence. Make sure that the person who signs the contract really owns the apartment.",
    ),
}

STATUTES = (
    (
        "第十二条 用人单位应当自劳动者入职之日起三十日内，向登记机关提出申请，并提交身份证明和劳动合同的副本。登记机关应当自受理之日起十五日内作出决定，不予登记的，应当书面说明理由。",
        "第三十七条 出租单位应当自租赁合同签订之日起二十日内，向主管部门提出备案，并提交产权证明和租赁合同的副本。主管部门应当自受理之日起十日内作出决定，不予备案的，应当书面说明理由。",
    ),
    (
        "根据《消费纠纷处理办法》第八条的规定，经营者提供商品有欺诈行为的，应当按照消费者的要求增加赔偿其受到的损失，增加赔偿的金额为消费者购买商品的价款的三倍。",
        "根据《服务合同管理办法》第二十一条的规定，经营者提供服务有欺诈行为的，应当按照消费者的要求增加赔偿其受到的损失，增加赔偿的金额为消费者接受服务的费用的三倍。",
    ),
    (
        "《城市供水条例》规定，任何单位和个人不得擅自改装、拆除或者迁移公共供水设施，违反规定的，由主管部门责令改正，并处一万元以上五万元以下的罚款。",
        "《城市燃气条例》规定，任何单位和个人不得擅自安装、改装或者迁移公共燃气设施，违反规定的，由主管部门责令改正，并处二万元以上十万元以下的罚款。",
    ),
)

HEADINGS = (
    ("花卡逾期三天会上门催收吗", "白条逾期五天会上门催收吗"),
    ("北京公积金贷款需要哪些材料", "上海公积金贷款需要哪些材料"),
    ("小狗不吃东西的原因和处理方法", "小猫不吃东西的原因和处理方法"),
    ("How to renew a passport in Leeds", "How to renew a passport in Bristol"),
)

REGIONAL = (
    # (as written on the mainland, as the same text reads after an honest conversion for Taiwan)
    (
        "打开软件以后，用户需要先登录账号，再点击屏幕右上角的菜单。通过设置可以修改默认的打印机，也可以查看网络的信息。如果程序没有响应，请重新启动服务器，然后检查硬盘的空间是否足够。",
        "打開軟體以後，使用者需要先登入帳號，再點擊螢幕右上角的選單。透過設定可以修改預設的印表機，也可以檢視網路的資訊。如果程式沒有回應，請重新啟動伺服器，然後檢查硬碟的空間是否足夠。",
    ),
    (
        "出租车司机告诉我们，机场附近的立交桥正在维修，坐地铁会更快。到了酒店以后，服务员帮我们把行李放在前台，还送了一份土豆沙拉和两杯酸奶。晚上我们用激光打印机打印了视频会议的材料。",
        "計程車司機告訴我們，機場附近的交流道正在維修，坐捷運會更快。到了飯店以後，服務生幫我們把行李放在櫃檯，還送了一份馬鈴薯沙拉和兩杯優格。晚上我們用雷射印表機列印了視訊會議的材料。",
    ),
    (
        "Check the colour of the tyre and organise a visit to the garage near the centre. The driving licence and the insurance cheque should be kept together. Travellers who favour grey cars realise later that the behaviour of the aluminium wheels is different.",
        "Check the color of the tire and organize a visit to the garage near the center. The driving license and the insurance check should be kept together. Travelers who favor gray cars realize later that the behavior of the aluminum wheels is different.",
    ),
)
