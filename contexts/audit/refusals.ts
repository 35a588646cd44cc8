import { refusals } from '#kernel/refusal.ts'

export const refuse = refusals('audit', {
  notYours: {
    status: 404,
    zh: '没有代码为 {district} 的区，或您无权查看它的记录。',
    en: 'No district {district}, or its records are not yours to see.',
  },
  daysBackwards: { status: 422, zh: '起始日期晚于截止日期，请调整。', en: 'The first day lies after the last day. Change one of them.' },
  badCursor: { status: 400, zh: '翻页标记无效，请从第一页重新开始。', en: 'The page mark is not valid. Start again from the first page.' },
  badAnchor: {
    status: 422,
    zh: '“{anchor}”不是锚点；锚点写作 区代码:封存序号:链值，例如 990101:12:后跟 64 位十六进制数。',
    en: '“{anchor}” is no anchor. An anchor reads district:seal:chain, such as 990101:12: and 64 hexadecimal digits.',
  },
  otherDistrict: {
    status: 422,
    zh: '这个锚点属于 {other} 区，不属于 {district} 区。',
    en: 'This anchor belongs to district {other}, not to {district}.',
  },
  verifying: { status: 409, zh: '正在核验 {district} 区，请待完成后再试。', en: 'District {district} is being verified. Try again when it is done.' },
})
