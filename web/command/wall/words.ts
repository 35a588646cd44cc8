import { texts } from '#web/kit/text.ts'

/** Words of the wall. */
export const wallWords = texts(
  {
    figures: '运行概览',
    areas: '各区域工作量',
    today: '今日',
    topics: '今日诉求最多的事项',
    noTopics: '今天还没有新的诉求',
    lost: '连接断开，显示的是最后收到的数据',
    ended: '这块屏的链接已失效，请联系发放人重新生成',
    waiting: '正在读取数据',
    city: '全部辖区',
    andMore: '另有 {n} 个区域，在办 {open} 件',
  },
  {
    figures: 'At a glance',
    areas: 'Workload of the areas',
    today: 'Today',
    topics: 'What most calls are about today',
    noTopics: 'No new calls yet today',
    lost: 'Disconnected; this is the last data that arrived',
    ended: 'The link of this screen has ended; ask whoever gave it for another',
    waiting: 'Reading the data',
    city: 'Whole territory',
    andMore: '{n} more areas with {open} open cases',
  },
)
