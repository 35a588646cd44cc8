import { texts } from '#web/kit/text.ts'

/** Words of pictures. */
export const photoWords = texts(
  {
    photos: '照片',
    add: '添加照片',
    waiting: '等待上传',
    sending: '正在上传…',
    sent: '已上传',
    notSent: '没有传上去，照片还在这里。请检查网络后重试。',
    again: '重试',
    ofCaller: '反映人的照片 {n}',
    ofUnit: '办理照片 {n}',
    open: '看大图：{name}',
    leaveOut: '去掉{name}',
    listFailed: '照片没有加载出来',
  },
  {
    photos: 'Pictures',
    add: 'Add pictures',
    waiting: 'Waiting',
    sending: 'Sending…',
    sent: 'Sent',
    notSent: 'Not sent; the picture is still here. Check the network and try again.',
    again: 'Try again',
    ofCaller: 'Picture of the caller {n}',
    ofUnit: 'Picture of the work {n}',
    open: 'Open in full: {name}',
    leaveOut: 'Leave out {name}',
    listFailed: 'The pictures did not load',
  },
)
