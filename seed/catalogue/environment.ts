import { matter, type MatterEntry } from './build.ts'

/** The street environment (class 06 of GB/T 47678.5-2026). */
export const environment: readonly MatterEntry[] = [
  matter('06001', '私搭乱建', 'Unauthorised building', {
    words: '私搭乱建 违建 违章搭建 违法搭建 违章建筑 私自搭建 搭棚 搭棚子 阳光房 加盖 搭建 illegal_construction',
    conditions: [
      {
        zh: '正在建设',
        en: 'Being built',
        words: '正在建 正在搭 正在施工 还在砌 还在搭 今天开始 偷偷 在砌墙 砌墙 工人在 正在 now',
        lead: 'urban_management',
        helpers: ['street'],
        limits: ['2u', '2n'],
        closing: { zh: '停止建设，现场封存', en: 'Work stopped' },
      },
      {
        zh: '已建成',
        en: 'Already built',
        words: '已经建成 建好了 搭好了 早就*0.4 拆除*0.7 没拆 不拆 未拆 到处都是违 违建多 好几年 一直没人管 占了天井 占了露台 住了人 挡光',
        lead: 'urban_management',
        helpers: ['street'],
        limits: ['1d', '15d'],
        closing: { zh: '依法处置完毕', en: 'Dealt with by law' },
      },
    ],
  }),
  matter('06007', '沿街晾挂', 'Laundry along the street', {
    words: '晾衣服 晒被子 晾晒 晾挂 晒衣 晾衣绳 晾衣 laundry',
    duty: 'basic',
    work: 'patrol',
    conditions: [
      {
        zh: '在道路、树木、护栏上晾挂',
        en: 'On railings, trees or roads',
        words: '树上 栏杆上 护栏上 绳子 拉绳 滴水 挂满 沿街 难看 被子',
        lead: 'grid',
        limits: ['2h', '4h'],
        closing: { zh: '收回晾挂物', en: 'Taken in' },
      },
    ],
  }),
  matter('06010', '暴露垃圾', 'Litter', {
    words:
      '垃圾 生活垃圾 垃圾袋 白色垃圾 垃圾堆 外卖盒 脏东西 litter rubbish garbage trash -垃圾分类 -垃圾桶 -垃圾箱 -建筑垃圾 ' +
      '-装修垃圾 -烧垃圾 -绿化带*0.5 -垃圾站 -垃圾场 -垃圾处理 -垃圾焚烧 -垃圾填埋 -垃圾中转 -垃圾费',
    duty: 'basic',
    work: 'patrol',
    conditions: [
      {
        zh: '零星散落',
        en: 'Scattered litter',
        words: '几袋 一袋 零星 散落 乱扔 随手丢 丢了 丢在 扔在 楼下*0.8 门口 墙角 没人捡 没人收',
        lead: 'grid',
        limits: ['2h', '4h'],
        closing: { zh: '清理干净', en: 'Cleaned up' },
      },
      {
        zh: '成堆、多日未清',
        en: 'A heap, for days',
        words: '成堆 一大堆 堆成山 堆积 堆了好几天 好几天 多日 发臭 臭气熏天 苍蝇 没人清 没人清理 没人清运 一地 满地 rotting',
        lead: 'street',
        limits: ['2h', '4h'],
        closing: { zh: '清运干净', en: 'Carried away' },
      },
    ],
  }),
  matter('06011', '积存垃圾渣土', 'Rubble and building waste', {
    words: '建筑垃圾 装修垃圾 渣土 砖头 碎砖 水泥块 石膏板 拆下来的 rubble building_waste',
    duty: 'basic',
    conditions: [
      {
        zh: '小区内装修垃圾未清运',
        en: 'Renovation waste in an estate',
        words: '小区*0.5 楼下*0.5 装修*0.4 单元门口 车位*0.4 门口堆 没人拉走 没拉走 几天',
        lead: 'community',
        limits: ['4h', '2d'],
        closing: { zh: '清运完毕', en: 'Carried away' },
      },
      {
        zh: '道路或空地上成片渣土',
        en: 'Rubble on a road or open ground',
        words: '成片 一大片 偷倒 半夜倒 倾倒 空地 路边 卡车 堆成山 没盖 大堆',
        lead: 'urban_management',
        helpers: ['street'],
        limits: ['4h', '5d'],
        closing: { zh: '清运完毕，地面恢复', en: 'Carried away, ground restored' },
      },
    ],
  }),
  matter('06012', '道路不洁', 'Dirty road', {
    words: '路面 马路 道路不洁 人行道 地面 dirty_road',
    duty: 'basic',
    conditions: [
      {
        zh: '泥污、油污、尘土',
        en: 'Mud, oil or dust',
        words: '泥巴 泥浆 很脏 太脏 油污 油渍 污水印 灰尘 尘土 没扫 没人扫 几天没扫 黏糊糊 脏得 打滑 dirty muddy',
        lead: 'street',
        limits: ['1h', '2h'],
        closing: { zh: '清扫冲洗干净', en: 'Swept and washed' },
      },
    ],
  }),
  matter('06013', '道路破损', 'Damaged road', {
    words: '路面 道路 马路 人行道 地砖 道路破损 路坑 砖松 砖翘 pothole road pavement -井盖',
    conditions: [
      {
        zh: '坑槽、裂缝、松动',
        en: 'Potholes, cracks, loose slabs',
        words: '坑 大坑 坑洼 坑坑洼洼 破损 裂缝 开裂 松动 翘起来 翘 不平 坏了 烂了 踩一脚水 绊倒 崴脚 颠簸 摔倒 pothole cracked',
        lead: 'transport',
        limits: ['4h', '5d'],
        closing: { zh: '修补平整', en: 'Repaired and even' },
      },
      {
        zh: '塌陷',
        en: 'Collapse',
        words: '塌陷 塌了 塌方 陷下去 陷了 空洞 下面空了 大洞 collapsed',
        lead: 'transport',
        helpers: ['street'],
        limits: ['1u', '2u'],
        closing: { zh: '回填抢修，设围挡警示', en: 'Filled, fenced and marked' },
      },
    ],
  }),
  matter('06014', '道路遗撒（洒）', 'Spill on the road', {
    words: '遗撒 遗洒 撒了一路 洒了一路 撒漏 掉了一路 spill',
    work: 'patrol',
    conditions: [
      {
        zh: '渣土、砂石、油料撒漏',
        en: 'Earth, gravel or oil spilt',
        words: '渣土车 水泥 砂石 石子 沙子 油料 混凝土 一路 飞起来 拉土车 spilled',
        lead: 'urban_management',
        helpers: ['street'],
        limits: ['2h', '4h'],
        closing: { zh: '清理冲洗干净', en: 'Cleaned and washed' },
      },
    ],
  }),
  matter('06017', '绿地脏乱', 'Littered green', {
    words: '绿地 绿化带 草坪 花坛 草丛 灌木丛 小花园 lawn flower_bed green',
    duty: 'basic',
    work: 'patrol',
    conditions: [
      {
        zh: '绿地内有垃圾、杂物',
        en: 'Litter on the green',
        words: '垃圾 烟头 白色垃圾 狗屎 狗粪 大小便 塑料袋 饮料瓶 很脏 太脏 脏*0.4 杂草 没人捡 脏乱 脏乱差 外卖盒 litter',
        lead: 'grid',
        limits: ['2h', '4h'],
        closing: { zh: '清理干净', en: 'Cleaned up' },
      },
    ],
  }),
  matter('06020', '焚烧垃圾、树叶', 'Burning of waste or leaves', {
    words: '焚烧 烧垃圾 烧树叶 烧东西 烧纸 烧枯草 点火烧 burning',
    duty: 'basic',
    conditions: [
      {
        zh: '正在焚烧',
        en: 'Burning now',
        words: '冒烟 呛人 浓烟 黑烟 火星 正在烧 着火 明火 烟味 smoke',
        lead: 'street',
        limits: ['1u', '2u'],
        closing: { zh: '火已熄灭，现场清理', en: 'Out and cleaned' },
      },
    ],
  }),
  matter('06025', '水域不洁', 'Dirty water', {
    words: '河面 河道 水面 江面 湖面 河里 小河 景观河 水边 river water_surface canal',
    conditions: [
      {
        zh: '漂浮垃圾、水草、蓝藻',
        en: 'Floating waste, weed or algae',
        words: '漂浮 漂着 漂满 漂浮物 水草 浮萍 水浮莲 水葫芦 蓝藻 绿藻 塑料瓶 泡沫 垃圾 打捞 死鱼 floating',
        lead: 'water',
        helpers: ['street'],
        limits: ['4h', '2d'],
        closing: { zh: '打捞干净', en: 'Skimmed clean' },
      },
    ],
  }),
  matter('06026', '河道污染', 'Polluted river', {
    words: '河道污染 河水 内河 河道 河*0.5 排污口 水质 pollution sewage -污水处理*0.1 -污水管网*0.3',
    conditions: [
      {
        zh: '排污、变色、异味',
        en: 'Discharge, colour or smell',
        words:
          '发黑 变黑 变色 漆黑 乌黑 又黑又臭 黑臭 发臭 恶臭 很臭 臭味 臭水 臭水沟 臭不可闻 臭气熏天 臭*0.6 污水 排污 偷排 直排 排污口 排入河 排进河里 排到河里 ' +
          '流进河里 污染严重 严重污染 脏臭 臭气 死水 异味*0.6 气味*0.5 泥浆 泡沫 红色 油花 死鱼 化学味 black_water',
        lead: 'ecology',
        helpers: ['street'],
        limits: ['2u', '1d'],
        closing: { zh: '查明来源，停止排放', en: 'Source found, discharge stopped' },
      },
    ],
  }),
  matter('06027', '油烟污染', 'Cooking fumes', {
    words: '油烟 烟道 排烟 油烟机 排烟口 油烟味 cooking_fumes fumes -露天烧烤 -烧烤摊',
    conditions: [
      {
        zh: '餐饮油烟直排扰民',
        en: 'Restaurant fumes reach homes',
        words: '餐馆 餐饮 餐厅 饭店 饭馆 烧烤店 烤肉店 小吃店 火锅 厨房 直排 熏 窗户不敢开 不敢开窗 对着窗户 味道大 天天 restaurant',
        lead: 'ecology',
        helpers: ['street'],
        limits: ['4h', '2d'],
        closing: { zh: '安装或修复净化设施，达标', en: 'Filter fitted or repaired' },
      },
    ],
  }),
  matter('06028', '噪声扰民', 'Noise', {
    words:
      '噪音 噪声 扰民*0.5 太吵 吵死 吵得 吵闹 音响 大音量 声音太大 睡不着 noise noisy loud -施工 -工地 -井盖 -打桩 -飞絮 -油烟*0.4 -渣土车 -货车 -大车',
    duty: 'basic',
    conditions: [
      {
        zh: '商业经营噪声',
        en: 'Noise of business',
        words:
          '喇叭 叫卖 商店 商铺 超市 促销 酒吧 清吧 歌厅 KTV 会所 麻将馆 烧烤店 夜宵 夜市 门面*0.5 深夜*0.4 凌晨*0.4 饭店 店门口 循环播放 大喇叭 排风机 空调外机 音箱 shop bar',
        lead: 'street',
        limits: ['1u', '2u'],
        closing: { zh: '降低音量或停止', en: 'Turned down or stopped' },
      },
      {
        zh: '广场舞、健身娱乐噪声',
        en: 'Square dancing and music',
        words: '广场舞 跳舞 唱歌 唱戏 卡拉OK 音箱 跳操 甩鞭 打陀螺 大妈 小广场 dancing',
        lead: 'community',
        limits: ['1u', '2u'],
        closing: { zh: '劝导降低音量或更换场地', en: 'Turned down or moved' },
      },
      {
        zh: '邻里、装修噪声',
        en: 'Noise of neighbours or renovation',
        words: '楼上 隔壁 邻居 装修 电钻 敲墙 拖椅子 狗叫 弹琴 钢琴 打麻将*0.4 小孩跑 周末*0.4 午休 凌晨*0.4 neighbour drilling',
        lead: 'community',
        limits: ['4h', '1d'],
        closing: { zh: '劝导后不再扰民', en: 'Settled with the neighbour' },
      },
    ],
  }),
  matter('06029', '露天烧烤', 'Open-air barbecue', {
    words: '烧烤 烤串 烧烤摊 撸串 烤肉 烤炉 barbecue',
    // Delegated to some streets (delegations.ts); elsewhere the department leads.
    duty: 'basic',
    conditions: [
      {
        zh: '露天占道烧烤',
        en: 'Barbecue in the street',
        words: '露天 油烟*0.4 占道*0.6 摊子 炭火 烟熏 半夜 喝酒 呛人 路边 马路边 一地油',
        lead: 'street/urban_management',
        helpers: ['street'],
        limits: ['1u', '2u'],
        closing: { zh: '停止经营，清理现场', en: 'Stopped and cleaned' },
      },
    ],
  }),
  matter('06030', '乱倒乱排污水、废水', 'Waste water dumped', {
    words: '污水 泔水 脏水 废水 刷锅水 洗车水 粪水 化粪池 waste_water -河',
    duty: 'basic',
    conditions: [
      {
        zh: '向路面、雨水口乱倒乱排',
        en: 'Onto roads or into drains',
        words: '倒在路上 往路上倒 倒进下水道 满溢 冒出来 外溢 溢出来 流得到处 流了一地 乱倒 门口倒 臭 overflow',
        lead: 'street',
        limits: ['2h', '4h'],
        closing: { zh: '停止排放，冲洗干净', en: 'Stopped and washed' },
      },
    ],
  }),
  matter('06034', '废弃车辆', 'Abandoned vehicle', {
    words: '僵尸车 废弃车 报废车 废旧汽车 旧面包车 没牌照的车 abandoned_car abandoned_vehicle',
    duty: 'basic',
    conditions: [
      {
        zh: '长期占用公共车位、道路',
        en: 'Occupies a public place for long',
        words: '好几年 好几个月 半年 一年多 落满灰 轮胎没气 没人开 占车位 长期 停着不动 不动',
        lead: 'street',
        limits: ['1d', '5d'],
        closing: { zh: '移走', en: 'Removed' },
      },
    ],
  }),
  matter('06035', '废弃家具设备', 'Abandoned furniture', {
    words: '旧沙发 旧家具 床垫 旧柜子 旧冰箱 大件垃圾 沙发 家具 马桶 bulky_waste furniture mattress -楼道',
    duty: 'basic',
    conditions: [
      {
        zh: '弃置在公共区域',
        en: 'Left in a public place',
        words: '扔在 丢在 门口 楼下 路边 没人要 好几天 搬家 丢弃 弃置 dumped',
        lead: 'community',
        limits: ['4h', '1d'],
        closing: { zh: '清运完毕', en: 'Carried away' },
      },
    ],
  }),
  matter('06036', '乱堆杂物', 'Things piled up', {
    words: '杂物 堆物 乱堆 纸箱 纸板 旧物 破烂 堆放 clutter',
    duty: 'basic',
    work: 'patrol',
    conditions: [
      {
        zh: '楼道、楼梯间堆物',
        en: 'In corridors and stairwells',
        words: '楼道 楼梯 楼梯间 走廊 过道 门厅 安全出口 鞋柜 corridor stairwell',
        lead: 'grid',
        limits: ['2h', '1d'],
        closing: { zh: '清理完毕，通道畅通', en: 'Cleared, way free' },
      },
      {
        zh: '小区公共区域堆物',
        en: 'On common ground',
        words: '小区 空地 车棚 楼下 围墙 花园 公共区域 占地 院子 地下室',
        lead: 'community',
        limits: ['4h', '1d'],
        closing: { zh: '清理完毕', en: 'Cleared' },
      },
    ],
  }),
  matter('06037', '动物尸体', 'Dead animal', {
    words: '死猫 死狗 死老鼠 死鸟 动物尸体 尸体 dead_animal',
    duty: 'basic',
    conditions: [
      {
        zh: '路面、绿地有动物尸体',
        en: 'On the road or green',
        words: '发臭 压扁 路中间 草丛 好几天 一只 腐烂',
        lead: 'street',
        limits: ['1h', '4h'],
        closing: { zh: '无害化收运，消毒', en: 'Removed and disinfected' },
      },
    ],
  }),
  matter('06038', '擅自饲养家禽家畜', 'Poultry or livestock kept', {
    words: '养鸡 养鸭 养鹅 公鸡 鸡笼 鸡鸭 养鸽子 鸽子 poultry rooster pigeons',
    duty: 'basic',
    conditions: [
      {
        zh: '居民区内饲养',
        en: 'In a residential area',
        words: '打鸣 凌晨 臭味 臭 羽毛 楼顶 天井 院子里 小区 味道 天台',
        lead: 'community',
        limits: ['4h', '2d'],
        closing: { zh: '劝导处理完毕', en: 'Settled' },
      },
    ],
  }),
  matter('06041', '垃圾未分类', 'Waste not sorted', {
    words: '垃圾分类 混投 干湿不分 分类投放 厨余垃圾 湿垃圾 干垃圾 sorting',
    duty: 'basic',
    work: 'patrol',
    conditions: [
      {
        zh: '混投、未按点投放',
        en: 'Mixed or at the wrong place',
        words: '没分类 不分类 乱投 混在一起 误时投放 没人管 不按时间 投放点 值守',
        lead: 'grid',
        limits: ['2h', '1d'],
        closing: { zh: '现场分拣，劝导到位', en: 'Sorted on site' },
      },
    ],
  }),
  matter('06042', '垃圾站（箱）满溢', 'Bins overflow', {
    words: '垃圾桶 垃圾箱 垃圾站 垃圾房 垃圾厢房 厢房 bin bins',
    duty: 'basic',
    conditions: [
      {
        zh: '满溢、未及时清运',
        en: 'Overflowing, not emptied',
        words: '满了 满溢 爆满 溢出来 堆到外面 没人清运 没人收 没清 没来收 臭 漏水 苍蝇 放不下 overflowing',
        lead: 'community',
        helpers: ['street'],
        limits: ['2h', '4h'],
        closing: { zh: '清运完毕，桶身整洁', en: 'Emptied and clean' },
      },
    ],
  }),
  matter('06045', '非法占绿毁绿', 'Green taken or destroyed', {
    words: '毁绿 占绿 种菜 砍树 铲掉绿化 开垦 菜地 公共绿地 公共绿化 占用绿化 破坏绿化 绿化被 绿化带被 vegetable_patch',
    conditions: [
      {
        zh: '占用、破坏公共绿地',
        en: 'Public green occupied or destroyed',
        words: '种菜*0.4 铲平 铲掉 砍了 停车 占用 侵占 破坏*0.5 圈起来 围起来 私自 硬化 浇水泥 压坏 踩秃 挖了',
        lead: 'parks',
        helpers: ['street'],
        limits: ['4h', '3d'],
        closing: { zh: '恢复绿化', en: 'Green restored' },
      },
    ],
  }),
]
