import { refusals } from '#kernel/refusal.ts'

/** What the platform itself refuses, whatever the context. */
export const refuse = refusals('platform', {
  notJson: {
    status: 400,
    zh: '提交的内容不是正确的 JSON，请检查后重新提交。',
    en: 'The request body is not valid JSON. Check it and send it again.',
  },
  unknownFormat: {
    status: 400,
    zh: '只接受 JSON 或网页表单，请改用 application/json 提交。',
    en: 'Only JSON or a web form is accepted. Send it as application/json.',
  },
  badAddress: { status: 400, zh: '网址写法不对，请检查后重试。', en: 'The address is malformed. Check it and try again.' },
  badRequest: { status: 400, zh: '请求不完整或写法不对，请检查后重试。', en: 'The request is incomplete or malformed. Check it and try again.' },
  badCommandId: {
    status: 400,
    zh: 'Idempotency-Key 应是一个 UUID，同一操作重试时保持不变。',
    en: 'Idempotency-Key must be a UUID, the same one for every retry of the same action.',
  },
  crossSite: {
    status: 403,
    zh: '此操作来自其他网站，已拒绝。请在本系统内操作。',
    en: 'This action came from another site and was refused. Do it inside this system.',
  },
  noSuchAddress: { status: 404, zh: '没有 {method} {path} 这个地址，请检查网址。', en: 'There is no {method} {path}. Check the address.' },
  tooLarge: {
    status: 413,
    zh: '提交的内容过大，请缩小文件或分批提交。',
    en: 'What was sent is too large. Make the file smaller or send it in parts.',
  },
  notPhoto: {
    status: 400,
    zh: '这不是能读取的照片。请改用 JPEG、PNG 或 WebP 格式重新选择。',
    en: 'That is no photograph that can be read. Choose a JPEG, PNG or WebP file.',
  },
  tooMany: { status: 429, zh: '操作过于频繁，请 {seconds} 秒后再试。', en: 'Too many requests. Try again in {seconds} seconds.' },
  busy: {
    status: 503,
    zh: '当前受理量过大，请稍后用同一编号重试，不会重复受理。',
    en: 'Too much is waiting right now. Try again shortly under the same id; nothing is done twice.',
  },
  unavailable: {
    status: 503,
    zh: '数据库暂时不可用，请稍后用同一编号重试，不会重复受理。',
    en: 'The database cannot be reached right now. Try again shortly under the same id; nothing is done twice.',
  },
})
