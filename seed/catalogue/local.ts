import { ownMatter, type MatterEntry } from './build.ts'

/** Matters that the standard does not have; local classes are numbered downwards from the top of their large class. */
export const local: readonly MatterEntry[] = [
  ownMatter('06999', '飞线充电', 'Charging by hanging wire', {
    words: '飞线充电 飞线 充电 电瓶车充电 电动车充电 推进电梯 电池带上楼 拉线充电 e-bike_charging',
    duty: 'basic',
    conditions: [
      {
        zh: '从窗户拉线或在楼道内充电',
        en: 'From windows or in corridors',
        words: '窗户 拉线 插线板 楼道里 楼道 电池 上楼 接线 起火 着火 危险 电线 吊下来',
        lead: 'community',
        limits: ['1u', '4u'],
        closing: { zh: '拆除飞线，劝导至充电点', en: 'Wire removed, shown the charging point' },
      },
    ],
  }),
  ownMatter('06998', '道路积水', 'Flooded road', {
    words: '积水 内涝 水淹 淹了 淹水 水坑 看海 flooded flooding',
    work: 'emergency',
    conditions: [
      {
        zh: '积水影响通行',
        en: 'Water in the way',
        words: '下雨 大雨 没过 膝盖 脚踝 过不去 蹚水 趟水 熄火 排不掉 桥下 下穿 小区进水 半天不退',
        lead: 'water',
        helpers: ['street'],
        limits: ['1u', '2u'],
        closing: { zh: '排除积水，恢复通行', en: 'Drained, passable' },
      },
    ],
  }),
  ownMatter('06997', '供水管道破裂', 'Burst water main', {
    words: '水管 停水 自来水管 供水管 爆管 自来水 水管爆 water_main burst_pipe',
    work: 'emergency',
    conditions: [
      {
        zh: '爆裂、漏水',
        en: 'Burst or leaking',
        words: '爆了 爆裂 破了 漏水 喷水 冒水 往外冒 哗哗流 没水 白白流 leak',
        lead: 'water',
        limits: ['1u', '1u'],
        closing: { zh: '止水抢修，恢复供水', en: 'Stopped, repaired, supply back' },
      },
    ],
  }),
  ownMatter('06996', '楼道照明损坏', 'Corridor light', {
    words: '楼道灯 楼梯灯 感应灯 声控灯 走廊灯 corridor_light',
    duty: 'basic',
    conditions: [
      {
        zh: '不亮、常亮',
        en: 'Out or always on',
        words: '不亮 坏了 黑 一直亮 老人 摔 看不见 几天',
        lead: 'community',
        limits: ['4h', '2d'],
        closing: { zh: '恢复照明', en: 'Lit again' },
      },
    ],
  }),
  ownMatter('06995', '高空抛物', 'Things thrown from windows', {
    words: '高空抛物 楼上扔 窗户扔 扔下来 抛下来 往下扔 thrown_from_window',
    duty: 'basic',
    conditions: [
      {
        zh: '向楼下抛物',
        en: 'From a building',
        words: '烟头 花盆 砸到 差点砸 垃圾 楼上 阳台 卫生纸 瓶子 头上 危险',
        lead: 'community',
        limits: ['1u', '1d'],
        closing: { zh: '走访劝导，张贴告知', en: 'Visited and told' },
      },
    ],
  }),
  ownMatter('06994', '独居老人求助', 'An old person alone needs help', {
    words: '独居老人 空巢老人 孤寡老人 老人 老太太 老爷爷 老伯 elderly',
    duty: 'basic',
    conditions: [
      {
        zh: '需要上门看望或帮助',
        en: 'Needs a visit',
        words: '没见出门 没人照顾 一个人住 独自 买菜 拿药 配药 送饭 联系不上 敲门没人应 帮忙 看望 上门',
        lead: 'grid',
        limits: ['1u', '4u'],
        closing: { zh: '上门看望，需要已办妥', en: 'Visited and helped' },
      },
    ],
  }),
  ownMatter('06993', '燃气异味', 'Smell of gas', {
    words: '燃气 煤气 天然气 燃气味 煤气味 燃气管 gas_leak',
    work: 'emergency',
    conditions: [
      {
        zh: '闻到燃气味或管道泄漏',
        en: 'Smell or leak',
        words: '闻到 异味 很浓 味道 泄漏 漏气 嘶嘶响 刺鼻 头晕 smell',
        lead: 'gas',
        helpers: ['fire', 'street'],
        limits: ['1u', '2u'],
        closing: { zh: '排除泄漏，检测合格', en: 'Leak stopped and tested' },
      },
    ],
  }),
  ownMatter('06992', '停电', 'Power cut', {
    words: '停电 断电 跳闸 没电 电表箱 power_cut',
    conditions: [
      {
        zh: '居民用电中断',
        en: 'Homes without power',
        words: '经常停电 多次停电 老停电 整栋楼 一直没来 没来电 突然 几小时 冰箱 反复 频繁 什么时候来电',
        lead: 'power',
        limits: ['1u', '8u'],
        closing: { zh: '恢复供电', en: 'Supply back' },
      },
    ],
  }),
  ownMatter('06991', '拖欠工资', 'Unpaid wages', {
    words: '拖欠工资 欠薪 工资 欠工资 劳务费 工钱 unpaid_wages',
    duty: 'withdrawn',
    conditions: [
      {
        zh: '用人单位拖欠劳动报酬',
        en: 'Owed by an employer',
        words: '拖欠 不发 没发 欠了 拖了 几个月*0.5 老板*0.5 包工头 公司*0.4 讨薪 一分钱 农民工 工友 血汗钱',
        lead: 'human_resources',
        limits: ['4h', '5d'],
        closing: { zh: '查实并督促支付，或告知仲裁途径', en: 'Paid, or shown the way to arbitration' },
      },
    ],
  }),
  ownMatter('06990', '校外培训退费', 'Refund by a training school', {
    words: '培训班 培训机构 辅导班 课时费 兴趣班 退费 training_school',
    duty: 'withdrawn',
    conditions: [
      {
        zh: '机构停课、关门不退费',
        en: 'Closed and does not refund',
        words: '不退 关门 停课 跑路 预付 学费 老师 课没上完 联系不上',
        lead: 'education',
        helpers: ['market'],
        limits: ['1d', '7d'],
        closing: { zh: '核实情况，协调退费或告知途径', en: 'Looked into, refund arranged or the way shown' },
      },
    ],
  }),
  ownMatter('06989', '不文明养犬', 'Dogs', {
    words: '遛狗 养犬 养狗 烈性犬 狗绳 流浪狗 恶犬 dog',
    conditions: [
      {
        zh: '不拴绳、伤人、饲养禁养犬',
        en: 'Off the lead, biting, forbidden breed',
        words: '不拴绳 没拴绳 不牵绳 咬人 咬了 追人 追着孩子 吓到 大型犬 扑人',
        lead: 'public_security',
        helpers: ['community'],
        limits: ['4h', '2d'],
        closing: { zh: '上门教育，违规的依法处理', en: 'Owner told, breaches dealt with' },
      },
    ],
  }),
]
