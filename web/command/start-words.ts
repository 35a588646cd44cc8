import { texts } from '#web/kit/text.ts'

/** Words of the first page of administrators. */
export const startWords = texts(
  {
    title: '您能进的页面',
    lead: '您的岗位（{posts}）不看案件。',
    people: '单位、岗位和账号：谁在哪里做什么，何时起、何时止。',
    catalogue: '什么事由谁办、限几天；草稿可以先试用，再定日子生效。',
    rules: '时钟何时提醒、升级，申请怎么批，全市统一的参数。',
    duties: '部门下放给基层的事，居委会的两张清单，准入申请。',
    grids: '网格的边界：拆分、合并、挪动，从某天起生效。',
    baseMap: '地图用哪家的底图，审图号写什么。',
    audit: '谁在何时做了什么，记录有没有被改动过。',
    requests: '延期、挂账、申诉和异议。',
  },
  {
    title: 'Your pages',
    lead: 'Your posts ({posts}) see no cases.',
    people: 'Organisations, posts and accounts: who does what where, from when and until when.',
    catalogue: 'What is done by whom within which time; a draft can be tried before its day.',
    rules: 'When clocks remind and escalate, how requests are approved, settings of the city.',
    duties: 'Work that went down from departments, the lists of the committees, requests to enter them.',
    grids: 'Borders of grids: split, merge, move, from a day on.',
    baseMap: 'Whose base map is drawn, and its approval number.',
    audit: 'Who did what and when, and whether a record was changed.',
    requests: 'Extensions, suspensions, appeals and objections.',
  },
)
