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
]
