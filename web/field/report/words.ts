import { texts } from '#web/kit/text.ts'

/** Words of reporting from the phone. */
export const reportWords = texts(
  {
    take: '拍照',
    another: '再拍一张',
    picture: '第 {n} 张照片',
    leaveOut: '去掉第 {n} 张照片',
    cameraDenied: '相机没有授权，拍不了照。没有照片也可以提交。',
    kind: '什么事',
    kindHint: '可以不选',
    words: '说明',
    wordsHint: '看到了什么。选了上面的事，可以不写。',
    placeFound: '已取得位置，误差约 {n} 米',
    placeLooking: '正在定位，不用等，可以继续填写',
    placeRefused: '没有取得位置（没有授权或没有信号）。按您的辖区上报，也可以写明地点。',
    placeNone: '按您的辖区上报；拍照时自动取位置',
    usePlace: '取位置',
    dropPlace: '不用位置',
    placeMore: '改地点',
    unsent: '没有发出去：连不上服务器。文字已留在这台设备上；照片留到您关闭这一页。连上后请再按“提交”。',
  },
  {
    take: 'Take a picture',
    another: 'Another picture',
    picture: 'Picture {n}',
    leaveOut: 'Leave out picture {n}',
    cameraDenied: 'The camera is not permitted, so no picture can be taken. You can report without one.',
    kind: 'What it is',
    kindHint: 'you need not choose',
    words: 'In words',
    wordsHint: 'What you see. With one of the above chosen you need not write.',
    placeFound: 'Position taken, within about {n} m',
    placeLooking: 'Finding the position; no need to wait, go on',
    placeRefused: 'No position (not permitted, or no signal). It is reported for your area; you can write the place.',
    placeNone: 'It is reported for your area; the position is taken with the picture',
    usePlace: 'Take the position',
    dropPlace: 'Do not use it',
    placeMore: 'Another place',
    unsent:
      'Not sent: the server cannot be reached. The words are kept on this device; the pictures as long as this page is open. Press “Send” again when you are connected.',
  },
)
