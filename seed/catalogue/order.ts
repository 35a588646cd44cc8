import { matter, type MatterEntry } from './build.ts'

/** Advertising, construction, street order and the rest (classes 07 to 10 of GB/T 47678.5-2026). */
export const order: readonly MatterEntry[] = [
  matter('07001', '非法小广告', 'Illegal stickers', {
    words: '小广告 牛皮癣 贴广告 开锁广告 办证广告 喷漆广告 stickers flyer',
    duty: 'basic',
    work: 'patrol',
    conditions: [
      {
        zh: '张贴、喷涂、散发',
        en: 'Stuck, sprayed or handed out',
        words: '张贴 喷涂 到处贴 贴满 撕不掉 电线杆 楼道墙 墙上 门上 塞门缝 楼道',
        lead: 'grid',
        limits: ['2h', '1d'],
        closing: { zh: '清除，墙面恢复', en: 'Removed' },
      },
    ],
  }),
  matter('07003', '违规户外广告', 'Unauthorised advertising', {
    words: '广告牌 户外广告 灯箱 横幅 易拉宝 店招 招牌 billboard signboard banner',
    conditions: [
      {
        zh: '破损、摇晃或擅自设置',
        en: 'Damaged, shaking or without permit',
        words: '松动 摇晃 要掉 快掉下来 掉下来 破损 破了 擅自 没审批 挡住 太亮 晃眼 光污染',
        lead: 'urban_management',
        helpers: ['street'],
        limits: ['4h', '1d'],
        closing: { zh: '拆除或加固', en: 'Removed or fastened' },
      },
    ],
  }),
  matter('08001', '施工扰民', 'Construction noise', {
    words:
      '施工 工地 打桩 夜间施工 施工噪音 施工噪声 挖掘机 钩机 吊车 钻机 挖机 修路*0.6 夜间作业 进场作业 混凝土 浇筑 construction construction_site -偷工减料 -按图纸',
    conditions: [
      {
        zh: '夜间、午间违规施工',
        en: 'At night or noon',
        words:
          '夜间施工 夜间 夜晚 半夜 夜里 连夜 整晚 整夜 午夜 彻夜施工 24小时 清早 清晨 晚上 凌晨 深夜 彻夜 昼夜 睡不着 扰民 噪音 噪声 轰隆 太吵 还在 十点 十一点 通宵 吵 night',
        lead: 'urban_management',
        helpers: ['housing', 'street'],
        limits: ['1u', '2u'],
        closing: { zh: '停止违规施工', en: 'Stopped' },
      },
    ],
  }),
  matter('08004', '工地扬尘', 'Dust from a site', {
    words: '扬尘 工地 黄土 渣土 拆迁工地 粉尘 尘土 防尘 dust',
    conditions: [
      {
        zh: '未采取降尘措施',
        en: 'No dust control',
        words: '没洒水 没覆盖 未覆盖 不覆盖 防尘措施 飞扬 满天飞 粉尘扰民 满天灰 灰大 灰尘 漫天 裸土 裸露 没盖 喷淋 呛人 窗台一层灰 dusty',
        lead: 'housing',
        helpers: ['ecology', 'street'],
        limits: ['1h', '2h'],
        closing: { zh: '覆盖、喷淋到位', en: 'Covered and sprayed' },
      },
    ],
  }),
  matter('08007', '施工工地围挡问题', 'Site fence', {
    words: '围挡 工地围墙 施工围挡 挡板 site_fence',
    conditions: [
      {
        zh: '破损、倾斜、占道',
        en: 'Damaged, leaning or in the way',
        words: '破损 歪了 倒了 倾斜 要倒 占道 占了人行道 没灯 没警示 挡路 缺口',
        lead: 'housing',
        helpers: ['street'],
        limits: ['2h', '1d'],
        closing: { zh: '修复加固，通行恢复', en: 'Repaired, way free' },
      },
    ],
  }),
  matter('09001', '无照经营游商', 'Unlicensed street vendors', {
    words: '流动摊贩 流动摊 小贩 摆摊*0.6 游商 摊贩 摊点 地摊 vendor vendors -烧烤',
    duty: 'basic',
    conditions: [
      {
        zh: '流动摆摊',
        en: 'Moving stalls',
        words: '摆摊 占用*0.5 推车 三轮车 叫卖 水果 卖菜 烤肠 炒饭 校门口 地铁口 堵路 扎堆 夜里 一地垃圾',
        lead: 'street',
        limits: ['1u', '2u'],
        closing: { zh: '劝离，清理现场', en: 'Moved on, place cleaned' },
      },
    ],
  }),
  matter('09005', '店外经营', 'Trading outside the shop', {
    words: '店外经营 出店经营 跨门经营 摆到店外 店门外 门口摆 桌椅摆 outside_the_shop',
    duty: 'basic',
    conditions: [
      {
        zh: '超出门窗摆放经营',
        en: 'Goods or tables outside',
        words: '桌子 桌椅 货物 货架 水果店 五金店 摆到 占了人行道 占人行道 占道 走不了 绕着走 摆出来',
        lead: 'street',
        limits: ['1u', '2u'],
        closing: { zh: '收回店内', en: 'Taken back in' },
      },
    ],
  }),
  matter('09006', '占道经营', 'Trading on the road', {
    words: '占道经营 占道 马路市场 占路 占了马路 road_trading',
    duty: 'basic',
    conditions: [
      {
        zh: '固定摊点占用道路',
        en: 'Fixed stalls on the road',
        words: '摊位 摊子 早点摊 菜摊 卖菜 人行道 走不了 摆满 堵 每天早上 固定 棚子 stall',
        lead: 'street',
        limits: ['1u', '2u'],
        closing: { zh: '撤除，道路恢复通行', en: 'Removed, road free' },
      },
    ],
  }),
  matter('09009', '机动车乱停放', 'Badly parked cars', {
    words: '违停 乱停车 机动车 汽车 小车 私家车 停车*0.6 轿车 parked_car parking -消防通道 -消防车 -僵尸车 -停车费 -停车场*0.5',
    duty: 'basic',
    conditions: [
      {
        zh: '占用人行道、路口',
        en: 'On pavements or at junctions',
        words: '违停 乱停 乱停车 违章停车 停满 人行道上 人行道 路口 堵路 双排 占道 转弯 公交站 斑马线 盲道 堵死 道路两边 两边 pavement',
        lead: 'street',
        limits: ['1h', '2h'],
        closing: { zh: '驶离', en: 'Driven away' },
      },
      {
        zh: '小区内乱停放',
        en: 'Inside an estate',
        words: '小区里*1.2 小区*0.4 单元门口 堵住门 堵住单元 出不去 绿化带上 挡住 占我车位 车位*0.4 地库',
        lead: 'community',
        limits: ['1h', '4h'],
        closing: { zh: '劝导驶离', en: 'Moved' },
      },
    ],
  }),
  matter('09010', '非机动车乱停放', 'Badly parked bicycles and e-bikes', {
    words: '电动车 自行车 非机动车 电瓶车 助动车 摩托车 bicycle e-bike scooter -充电 -飞线 -共享 -起火',
    duty: 'basic',
    work: 'patrol',
    conditions: [
      {
        zh: '乱停乱放',
        en: 'Not in the racks',
        words: '乱停 乱放 乱停乱放 挡路 停得乱七八糟 横七竖八 堵门 堵住 门口 人行道 盲道*0.5 倒了一片',
        lead: 'grid',
        limits: ['1h', '2h'],
        closing: { zh: '摆放整齐', en: 'Put in order' },
      },
    ],
  }),
  matter('09011', '共享单车乱象', 'Shared bicycles', {
    words: '共享单车 共享电单车 单车 小黄车 小蓝车 共享电动车 shared_bike',
    duty: 'basic',
    conditions: [
      {
        zh: '堆积、乱停、损坏',
        en: 'Piled up, in the way or broken',
        words: '堆积 堆成山 乱停 乱放 倒了一片 一大片 挡路 占满 盲道 没人管 地铁口 坏的 piled',
        lead: 'street',
        limits: ['1h', '2h'],
        closing: { zh: '清运或摆放整齐', en: 'Removed or put in order' },
      },
    ],
  }),
  matter('09012', '占用消防通道', 'Fire lane blocked', {
    words: '消防通道 消防车通道 生命通道 消防登高面 消防车道 fire_lane',
    duty: 'basic',
    conditions: [
      {
        zh: '停车、堆物占用',
        en: 'Cars or things in it',
        words: '堵住 堵死 堵塞 占用 占了 停车 停满 堆 堆满 锁了 上锁 进不去 消防车 blocked',
        lead: 'street',
        helpers: ['fire', 'community'],
        limits: ['1u', '2u'],
        closing: { zh: '腾空，恢复畅通', en: 'Cleared and free' },
      },
    ],
  }),
  matter('09015', '无证餐饮', 'Unlicensed food', {
    words: '无证餐饮 黑作坊 小作坊 没有执照 无证*0.6 没证 食品 餐饮*0.6 卫生许可 unlicensed_food',
    duty: 'withdrawn',
    conditions: [
      {
        zh: '无证经营、卫生不合格',
        en: 'No licence or not clean',
        words: '盒饭 外卖 作坊 卤味 豆腐*0.4 没有证 脏*0.5 老鼠*0.5 蟑螂*0.5 过期*0.4 拉肚子 吃坏 健康证',
        lead: 'market',
        limits: ['4h', '3d'],
        closing: { zh: '查处完毕', en: 'Dealt with' },
      },
    ],
  }),
  matter('09020', '农贸市场秩序问题', 'Food market', {
    words: '菜市场 农贸市场 大市场 批发市场 菜场 集市 food_market market_hall',
    conditions: [
      {
        zh: '短斤缺两、脏乱、占道',
        en: 'Short weight, dirt, disorder',
        words: '短斤缺两 缺斤少两 少秤 秤不准 脏乱 污水 摊位*0.5 摆到外面 活禽 杀鸡 地上全是 臭*0.5',
        lead: 'market',
        helpers: ['street'],
        limits: ['4h', '2d'],
        closing: { zh: '整改到位', en: 'Put right' },
      },
    ],
  }),
  matter('10001', '道路积雪、结冰', 'Snow and ice', {
    words: '积雪 结冰 冰面 冻住 路上有冰 雪*0.5 snow ice',
    duty: 'basic',
    work: 'emergency',
    conditions: [
      {
        zh: '影响通行',
        en: 'In the way',
        words: '滑 摔 摔跤 滑倒 没人铲 没扫 桥上 坡上 上坡 slippery',
        lead: 'street',
        limits: ['1u', '4u'],
        closing: { zh: '清除，撒防滑料', en: 'Cleared and gritted' },
      },
    ],
  }),
  matter('10002', '架空线缆脱落', 'Hanging cable', {
    words: '电线 线缆 电缆 网线 光缆 通信线 架空线 cable wire',
    conditions: [
      {
        zh: '脱落、垂落',
        en: 'Fallen or hanging',
        words: '掉下来 垂下来 脱落 耷拉 断了 挂在半空 拖到地上 绊到 低垂 缠在树上 蜘蛛网 hanging',
        lead: 'urban_management',
        helpers: ['street'],
        limits: ['1h', '2h'],
        closing: { zh: '固定或收起，无安全隐患', en: 'Fastened or taken up' },
      },
    ],
  }),
]
