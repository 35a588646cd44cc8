import { refusals } from '#kernel/refusal.ts'

/** Why the product does not start, each with what to do about it. */
export const refuseStart = refusals('start', {
  portBusy: {
    status: 409,
    zh: '端口 {port} 已被别的程序占用；请换一个端口启动：PORT={other} npm start',
    en: 'Port {port} is taken by another program; start on another one: PORT={other} npm start',
  },
  portClosed: {
    status: 403,
    zh: '不能使用端口 {port}（{reason}）；请换一个 1024 以上的端口启动：PORT={other} npm start',
    en: 'Port {port} may not be used ({reason}); start on one above 1024: PORT={other} npm start',
  },
  screensBroken: {
    status: 503,
    zh: '页面没有生成成功（原因见上）；请运行 npm ci 后重新启动。',
    en: 'The screens could not be built (the reason is above); run npm ci and start again.',
  },
  keyUnreadable: {
    status: 503,
    zh: '{place} 不是 64 位十六进制密钥，联系方式无法解读；请恢复原来的密钥（不要新造，否则已有的联系方式再也读不出来）。',
    en: '{place} is not a key of 64 hex digits, so contacts cannot be read; put the original key back (a new one would never open them).',
  },
})
