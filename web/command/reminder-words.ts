import { texts } from '#web/kit/text.ts'

/** Words under the bell, loaded with its first press. */
export const reminderWords = texts(
  {
    requestsWaiting: '{n} 项申请等您处理',
    remindersEmpty: '没有提醒',
    remindersText: '临期、超时和升级会出现在这里。',
    remind_remind: '{number} 的{milestone}即将到期',
    remind_overdue: '{number} 的{milestone}已超时',
    remind_escalate: '{number} 的{milestone}超时，已升级到您',
    remind_urge: '{number} 被催办，请尽快{milestone}',
  },
  {
    requestsWaiting: '{n} request waits for you|{n} requests wait for you',
    remindersEmpty: 'No reminders',
    remindersText: 'Deadlines near, passed or escalated appear here.',
    remind_remind: '{number}: {milestone} is due soon',
    remind_overdue: '{number}: {milestone} is overdue',
    remind_escalate: '{number}: {milestone} overdue, escalated to you',
    remind_urge: '{number} was urged: {milestone} is awaited',
  },
)
