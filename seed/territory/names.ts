import type { Wording } from '#kernel/refusal.ts'

/** Invented names of the demonstration city, in the order of the codes. 示例 means sample. */
export const cityName: Wording = { zh: '滨江市（示例）', en: 'Binjiang City (sample)' }

export interface StreetNames {
  readonly zh: string
  readonly en: string
  readonly communities: readonly Wording[]
}
export interface DistrictNames {
  readonly zh: string
  readonly en: string
  readonly streets: readonly StreetNames[]
}

const community = (zh: string, en: string): Wording => ({ zh: `${zh}社区`, en: `${en} Community` })
const street = (zh: string, en: string, communities: readonly Wording[]): StreetNames => ({ zh: `${zh}街道`, en: `${en} Subdistrict`, communities })

export const districtNames: readonly DistrictNames[] = [
  {
    zh: '望潮区',
    en: 'Wangchao District',
    streets: [
      street('白鹭渡', 'Bailudu', [
        community('双井', 'Shuangjing'),
        community('采菱', 'Cailing'),
        community('小码头', 'Xiaomatou'),
        community('琴台', 'Qintai'),
      ]),
      street('锦溪', 'Jinxi', [
        community('书院', 'Shuyuan'),
        community('青砖里', 'Qingzhuanli'),
        community('桂香', 'Guixiang'),
        community('听雨', 'Tingyu'),
      ]),
      street('鼓楼桥', 'Gulouqiao', [
        community('画桥', 'Huaqiao'),
        community('茶市', 'Chashi'),
        community('灯笼巷', 'Denglongxiang'),
        community('南塘', 'Nantang'),
      ]),
    ],
  },
  {
    zh: '星湾区',
    en: 'Xingwan District',
    streets: [
      street('帆影', 'Fanying', [community('灯塔', 'Dengta'), community('云帆', 'Yunfan'), community('沙鸥', 'Shaou'), community('听涛', 'Tingtao')]),
      street('明珠湾', 'Mingzhuwan', [
        community('朝阳里', 'Chaoyangli'),
        community('海棠', 'Haitang'),
        community('书声', 'Shusheng'),
        community('水杉', 'Shuishan'),
      ]),
      street('金穗', 'Jinsui', [community('友邻', 'Youlin'), community('百合', 'Baihe'), community('橘洲', 'Juzhou'), community('天晴', 'Tianqing')]),
    ],
  },
]
