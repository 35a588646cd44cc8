import { matter, type MatterEntry } from './build.ts'

/** Facilities: utilities, traffic, cleaning and greenery (classes 01 to 04 of GB/T 47678.5-2026). */
export const facilities: readonly MatterEntry[] = [
  matter('01004', '雨水箅子异常', 'Storm drain grate', {
    words: '雨水箅子 雨水篦子 雨篦子 雨水口 下水口 排水口 雨水井 drain grate',
    conditions: [
      {
        zh: '被垃圾、落叶堵塞，雨水排不下去',
        en: 'Clogged, water does not drain',
        words: '堵塞 堵了 堵住 堵死 排不下去 排不出去 下不去 落叶堵 积水 clogged blocked',
        lead: 'water',
        helpers: ['street'],
        limits: ['4h', '1d'],
        closing: { zh: '清掏后排水通畅', en: 'Cleared and draining' },
      },
      {
        zh: '箅子缺失或断裂',
        en: 'Grate missing or broken',
        words: '缺失 丢了 不见了 没了 断了 断裂 缺了一块 踩空 missing broken',
        lead: 'water',
        limits: ['1u', '2u'],
        closing: { zh: '补齐箅子，周边牢固', en: 'Grate replaced and firm' },
      },
    ],
  }),
  matter('01023', '不明井盖异常', 'Manhole cover', {
    words: '井盖 窨井盖 窨井 下水道盖 阴井盖 井口 manhole manhole_cover -雨水口',
    conditions: [
      {
        zh: '缺失、移位或开裂，有安全隐患',
        en: 'Missing, shifted or cracked: danger',
        words: '缺失 丢了 没了 不见了 被偷 偷走 被人偷 移位 翘起来 翘 开裂 裂开 裂了 塌下去 掉进去 敞开 盖没盖 敞着口 missing cracked',
        lead: 'transport',
        helpers: ['street'],
        limits: ['1u', '2u'],
        closing: { zh: '井盖复位或更换，牢固无缝隙', en: 'Back in place or replaced, firm' },
      },
      {
        zh: '弹跳、响动',
        en: 'Rattles when driven over',
        words: '响动 弹跳 哐当 咣当 咯噔 咣咣响 哐哐响 松动 车一过就响 车一压就响 吵得睡不着 rattles noise',
        lead: 'transport',
        limits: ['4h', '2d'],
        closing: { zh: '车辆通过无异响', en: 'No noise when driven over' },
      },
      {
        zh: '周边路面塌陷或高差过大',
        en: 'Pavement around it has sunk',
        words: '周边塌陷 周围下沉 周围塌陷 沉下去 高差 高出路面 低洼 凹下去 颠',
        lead: 'transport',
        limits: ['4h', '5d'],
        closing: { zh: '周边路面修补平整', en: 'Pavement around it repaired' },
      },
    ],
  }),
  matter('01037', '路灯异常', 'Street lamp', {
    words: '路灯 街灯 道路照明 灯杆 路灯杆 street_lamp streetlight lamp -楼道灯 -信号灯',
    conditions: [
      {
        zh: '单盏不亮或闪烁',
        en: 'One lamp dark or flickering',
        words: '不亮 灭了 坏了 一盏 一闪一闪 闪烁 时亮时灭 有盏 out flickering',
        lead: 'transport',
        limits: ['4h', '2d'],
        closing: { zh: '恢复照明', en: 'Lit again' },
      },
      {
        zh: '成片不亮',
        en: 'A whole row dark',
        words: '一排 整条路 整条街 一整段 全灭 全都不亮 都不亮 成片 好几盏 黑漆漆 黑灯瞎火 黑乎乎 一片漆黑 dark whole_street',
        lead: 'transport',
        limits: ['2h', '4h'],
        closing: { zh: '恢复照明', en: 'Lit again' },
      },
      {
        zh: '灯杆倾斜、灯罩脱落',
        en: 'Post leaning or cover loose',
        words: '倾斜 歪了 要倒 快倒了 撞歪 撞倒 灯罩 脱落 掉下来 漏电 电线外露 leaning',
        lead: 'transport',
        limits: ['1u', '4u'],
        closing: { zh: '扶正加固或更换', en: 'Straightened or replaced' },
      },
    ],
  }),
  matter('01046', '户外健身设施异常', 'Outdoor exercise equipment', {
    words: '健身器材 健身设施 健身器 健身点 单杠 漫步机 扭腰器 跷跷板 exercise_equipment',
    duty: 'basic',
    conditions: [
      {
        zh: '损坏、松动',
        en: 'Broken or loose',
        words: '坏了 损坏 松动 断了 断裂 生锈 螺丝掉了 夹手 摇摇晃晃 broken loose',
        lead: 'street',
        limits: ['4h', '3d'],
        closing: { zh: '修复或拆除，无安全隐患', en: 'Repaired or removed' },
      },
    ],
  }),
  matter('01059', '旧衣物回收箱异常', 'Clothes bank', {
    words: '旧衣回收箱 旧衣物回收箱 旧衣箱 衣物回收箱 捐衣箱 clothes_bank',
    duty: 'basic',
    conditions: [
      {
        zh: '满溢、破损或周边脏乱',
        en: 'Overflowing, broken or dirty',
        words: '满了 塞满 溢出来 破了 坏了 翻得到处 脏乱 占地方',
        lead: 'community',
        limits: ['4h', '2d'],
        closing: { zh: '清空或修复，周边整洁', en: 'Emptied or repaired, tidy' },
      },
    ],
  }),
  matter('01076', '公用电梯异常', 'Lift', {
    words: '电梯 货梯 升降梯 轿厢 elevator lift',
    duty: 'withdrawn',
    conditions: [
      {
        zh: '困人',
        en: 'People trapped',
        words: '困人 被困 关在里面 困在里面 困住 出不来 门打不开 trapped*1.5',
        lead: 'market',
        limits: ['1u', '1u'],
        closing: { zh: '人员安全救出，电梯停用检查', en: 'People out, lift stopped and checked' },
      },
      {
        zh: '停运、抖动或异响',
        en: 'Out of order, shaking or noisy',
        words: '坏了 停运 停用 停梯 不能用 故障 频发 下坠 坠落 抖动 抖得厉害 异响 掉层 失灵 老是坏 修了好几天 爬楼 out_of_order',
        lead: 'market',
        limits: ['4h', '1d'],
        closing: { zh: '检修合格恢复运行', en: 'Repaired and inspected' },
      },
    ],
  }),
  matter('02010', '交通标志牌及标线异常', 'Traffic sign or marking', {
    words: '标志牌 交通标志 指示牌 路牌 标线 斑马线 停车线 traffic_sign road_marking',
    conditions: [
      {
        zh: '破损、倾斜、遮挡或磨损',
        en: 'Damaged, leaning, hidden or worn',
        words: '看不清 磨没了 磨掉了 模糊 掉漆 歪了 倒了 被挡 挡住 遮挡 掉下来 worn',
        lead: 'transport',
        limits: ['4h', '2d'],
        closing: { zh: '标志标线清晰、牢固', en: 'Clear and firm' },
      },
    ],
  }),
  matter('02014', '交通信号灯异常', 'Traffic light', {
    words: '红绿灯 信号灯 交通灯 traffic_light',
    conditions: [
      {
        zh: '不亮、常亮或读秒错误',
        en: 'Dark, stuck or counting wrongly',
        words: '不亮 坏了 灭了 不变 一直红 一直是红灯 一直绿 乱跳 读秒不准 黑屏 out',
        lead: 'transport',
        limits: ['1u', '2u'],
        closing: { zh: '恢复正常变换', en: 'Working again' },
      },
    ],
  }),
  matter('02017', '交通护栏异常', 'Guard rail', {
    words: '护栏 隔离栏 栏杆 隔离墩 隔离护栏 guard_rail railing -绿地护栏',
    conditions: [
      {
        zh: '倒伏、缺损、移位',
        en: 'Fallen, damaged or moved',
        words: '倒了 倒在路上 撞坏 撞倒 撞歪 缺了一段 断了 移位 横在路上 fallen',
        lead: 'transport',
        limits: ['2h', '4h'],
        closing: { zh: '护栏复位、完整', en: 'Back in place and whole' },
      },
    ],
  }),
  matter('02034', '无障碍设施异常', 'Barrier-free facility', {
    words: '盲道 无障碍坡道 坡道 轮椅 无障碍 tactile_paving ramp wheelchair',
    conditions: [
      {
        zh: '破损、缺失或被占用',
        en: 'Damaged, missing or blocked',
        words: '断了 破损 缺砖 被占 占用 占了 上不去 太陡 松动 堵住 blocked',
        lead: 'transport',
        helpers: ['street'],
        limits: ['4h', '3d'],
        closing: { zh: '设施完好、通行无阻', en: 'Whole and passable' },
      },
    ],
  }),
  matter('03001', '公共厕所异常', 'Public toilet', {
    words: '公共厕所 公厕 厕所 洗手间 卫生间 public_toilet toilet',
    conditions: [
      {
        zh: '未按时开放',
        en: 'Not open',
        words: '没开门 锁门 锁着 不开放 关着 关门 关了 没开 closed locked',
        lead: 'urban_management',
        limits: ['2h', '4h'],
        closing: { zh: '按公示时间开放', en: 'Open at the posted hours' },
      },
      {
        zh: '脏臭、设施损坏',
        en: 'Dirty, smelly or broken',
        words: '臭 很臭 脏 太脏 没人打扫 没水 没纸 冲不了 堵了 漏水 味道 dirty smelly',
        lead: 'urban_management',
        limits: ['2h', '4h'],
        closing: { zh: '清洁无异味，设施可用', en: 'Clean and working' },
      },
    ],
  }),
  matter('03005', '垃圾箱异常', 'Litter bin', {
    words: '果皮箱 垃圾箱 分类箱 果壳箱 litter_bin -满',
    duty: 'basic',
    conditions: [
      {
        zh: '破损、倾倒、缺失',
        en: 'Broken, tipped over or missing',
        words: '破了 破损 坏了 倒了 倒在地上 没盖子 盖子掉了 不见了 少了 tipped',
        lead: 'street',
        limits: ['4h', '1d'],
        closing: { zh: '修复或更换，摆放整齐', en: 'Repaired or replaced' },
      },
    ],
  }),
  matter('04002', '行道树异常', 'Street tree', {
    words: '行道树 大树 树枝 树木 梧桐 树杈 枯枝 树倒 树干 street_tree tree branch',
    conditions: [
      {
        zh: '倒伏、断枝，影响通行或安全',
        en: 'Fallen or broken branch: danger',
        words: '倒了 倒伏 断了 断枝 折断 压到 砸到 砸 挡路 横在路上 要掉 快掉下来 掉下来 压住 fallen',
        lead: 'parks',
        helpers: ['street'],
        limits: ['1u', '4u'],
        closing: { zh: '清理完毕，无安全隐患', en: 'Cleared and safe' },
      },
      {
        zh: '缺株、枯死',
        en: 'Missing or dead',
        words: '缺株 补种 补栽 死了 枯死 枯了 空树坑 树坑 只剩树桩 dead',
        lead: 'parks',
        limits: ['1d', '15d'],
        closing: { zh: '适季补植', en: 'Replanted in season' },
      },
      {
        zh: '枝叶遮挡或飞絮虫害',
        en: 'Branches in the way, pests',
        words: '遮挡 挡住 挡光 飞絮 毛絮 碰到窗户 伸进窗户 修剪 太密 虫子 毛毛虫 长虫 洋辣子 掉虫 pests prune',
        lead: 'parks',
        limits: ['1d', '5d'],
        closing: { zh: '修剪或除治完毕', en: 'Pruned or treated' },
      },
    ],
  }),
  matter('04007', '街头座椅异常', 'Bench', {
    words: '座椅 长椅 长凳 休闲椅 坐凳 椅子 bench',
    duty: 'basic',
    conditions: [
      {
        zh: '损坏、缺失',
        en: 'Broken or missing',
        words: '断了 坏了 少了一条 木条 钉子 塌了 破了 没地方坐 broken',
        lead: 'street',
        limits: ['4h', '3d'],
        closing: { zh: '修复或更换', en: 'Repaired or replaced' },
      },
    ],
  }),
]
