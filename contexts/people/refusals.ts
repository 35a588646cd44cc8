import { refusals } from '#kernel/refusal.ts'

export const refuse = refusals('people', {
  notSignedIn: { status: 401, zh: '请先登录。', en: 'Sign in first.' },
  notYours: {
    status: 403,
    zh: '您的岗位没有这项权限（{permission}）。需要时请联系管理员。',
    en: 'None of your posts gives you {permission}. Ask the administrator if you need it.',
  },
  // One sentence for an unknown login, a wrong password and a locked account: it must not tell which logins exist.
  signInFailed: {
    status: 401,
    zh: '用户名或密码不正确。连续 {failures} 次失败后锁定 {minutes} 分钟，锁定期间正确的密码也不能登录。',
    en: 'The login or the password is wrong. After {failures} failures in a row an account is locked for {minutes} minutes, even for the right password.',
  },
  tooManyAttempts: {
    status: 429,
    zh: '登录尝试过于频繁，请 {minutes} 分钟后再试。',
    en: 'Too many tries to sign in. Try again in {minutes} minutes.',
  },
  codeNeeded: {
    status: 401,
    zh: '此账号启用了两步登录，请再输入验证器上的 6 位验证码或一个备用码。',
    en: 'This account has a second factor. Type the six digits of your authenticator app, or a recovery code.',
  },
  codeWrong: {
    status: 403,
    zh: '验证码不正确或已用过。请等验证器显示下一个验证码再输入。',
    en: 'The code is wrong or was used before. Wait for the next one of your authenticator app.',
  },
  factorMissing: {
    status: 403,
    zh: '您的岗位必须启用两步登录，启用后才能使用其他功能。',
    en: 'Your post needs a second factor. Switch it on first; everything else opens after that.',
  },
  factorOn: {
    status: 409,
    zh: '两步登录已启用。要换手机，请先停用再重新启用。',
    en: 'The second factor is on. To change your phone, switch it off first and on again.',
  },
  factorNotOn: { status: 409, zh: '工号 {code} 没有启用两步登录。', en: 'Person {code} has no second factor.' },
  ownFactor: {
    status: 403,
    zh: '自己的两步登录请在“我”的菜单里用验证码停用；手机丢失请找另一位安全管理员。',
    en: 'Switch your own second factor off with a code, in your own menu. If the phone is lost, ask another security administrator.',
  },
  ruleInPast: { status: 422, zh: '要求须从今天或以后的日期起施行。', en: 'A demand begins today or later.' },
  keyInvalid: {
    status: 401,
    zh: '接口密钥无效、已到期或已撤销。请向系统管理员申请新的密钥。',
    en: 'This key is not valid, has run out, or was revoked. Ask the system administrator for a new one.',
  },
  keyTooFast: {
    status: 429,
    zh: '此密钥每分钟最多调用 {calls} 次，请稍后再试。',
    en: 'This key may call {calls} times a minute. Wait and try again.',
  },
  noSuchKey: { status: 404, zh: '没有找到这个密钥，或您无权管理。', en: 'No such key, or not yours to manage.' },
  passwordMustChange: { status: 403, zh: '请先修改密码，再使用其他功能。', en: 'Change your password first; everything else opens after that.' },
  wrongPassword: { status: 403, zh: '当前密码不正确，请重新输入。', en: 'The current password is wrong. Type it again.' },
  samePassword: { status: 422, zh: '新密码不能与当前密码相同。', en: 'The new password must differ from the current one.' },
  tooShort: { status: 422, zh: '密码至少 {min} 个字符。', en: 'A password needs at least {min} characters.' },
  tooLong: { status: 422, zh: '密码最多 {max} 个字符。', en: 'A password may have at most {max} characters.' },
  tooFewKinds: {
    status: 422,
    zh: '密码须包含小写字母、大写字母、数字、其他字符中的至少 {kinds} 种。',
    en: 'A password needs at least {kinds} of these: small letters, capitals, digits, other characters.',
  },
  containsLogin: { status: 422, zh: '密码不能包含用户名。', en: 'A password may not contain the login.' },
  noSuchPost: { status: 404, zh: '没有找到这个岗位，或您无权查看。', en: 'No such post, or it is not yours to see.' },
  lastAdministrator: {
    status: 409,
    zh: '这是最后一个在任的系统管理员岗位，结束后将无人能管理账号。请先任命另一位。',
    en: 'This is the last system administrator in office; nobody could manage accounts after that. Appoint another one first.',
  },
  twoAdministratorRoles: {
    status: 422,
    zh: '工号 {person} 不能同时担任系统、安全、审计管理员中的两种：三员须由三人分别担任。',
    en: 'Person {person} cannot hold two of the system, security and audit administrators at once: they are three separate persons.',
  },
  notForYourself: {
    status: 403,
    zh: '不能给自己任命岗位，请由另一位管理员办理。',
    en: 'Nobody appoints himself. Ask another administrator.',
  },
  startsInPast: {
    status: 422,
    zh: '岗位须从今天或以后开始：过去谁任什么岗不能改。',
    en: 'A post begins today or later: who held what in the past stays as it was.',
  },
  endBeforeStart: { status: 422, zh: '到期日须晚于开始日期。', en: 'The end must lie after the beginning.' },
  areaMissing: {
    status: 422,
    zh: '请选择区域；覆盖全市的选到市一级。只有三类管理员的岗位可以不选。',
    en: 'Choose an area; for the whole city choose the city. Only posts of the three administrators may leave it out.',
  },
  noSuchArea: { status: 422, zh: '没有代码为 {code} 的区域。', en: 'No area has the code {code}.' },
  noSuchOrganisation: { status: 422, zh: '没有找到这个单位，请重新选择。', en: 'No such organisation. Choose again.' },
  organisationNotThen: {
    status: 422,
    zh: '这个单位在 {on} 尚未设立或已撤销，请换一个单位或日期。',
    en: 'This organisation does not exist on {on}. Choose another one, or another day.',
  },
  noSuchRole: { status: 422, zh: '没有“{role}”这个角色。', en: 'There is no role {role}.' },
  noSuchPerson: { status: 404, zh: '没有找到这个人员，或您无权管理。', en: 'No such person, or not yours to manage.' },
  noAccount: { status: 422, zh: '工号 {code} 没有账号。', en: 'Person {code} has no account.' },
  ownPassword: {
    status: 403,
    zh: '自己的密码请用“更换密码”，重置须由另一位管理员办理。',
    en: 'Change your own password yourself; a reset is done by another administrator.',
  },
  administratorsPassword: {
    status: 403,
    zh: '管理员的密码只能由安全管理员重置，请联系安全管理员。',
    en: 'Only a security administrator resets the password of an administrator. Ask one.',
  },
  postHeld: { status: 409, zh: '此人在这段时间已任这个岗位。', en: 'This person already holds that post in this period.' },
  organisationCodeTaken: {
    status: 409,
    zh: '单位代码“{code}”已被使用，请换一个。',
    en: 'The code {code} belongs to another organisation. Choose another one.',
  },
  staffNumberTaken: { status: 409, zh: '工号“{code}”已有人使用，请核对。', en: 'The staff number {code} belongs to somebody. Check it.' },
  loginInUse: { status: 409, zh: '账号“{login}”已有人使用，请换一个。', en: 'The login {login} is in use. Choose another one.' },
  lineNeedsFunction: { status: 422, zh: '条线单位须填写职能代码。', en: 'A line needs the code of its function.' },
  creditCode: {
    status: 422,
    zh: '统一社会信用代码“{value}”有误，请核对（GB 32100 校验位）。',
    en: '“{value}” is no unified social credit code (GB 32100). Check it.',
  },
  badShape: {
    status: 422,
    zh: '人员文件格式不对，未导入任何内容。{where}：{fault}',
    en: 'The staff file has the wrong shape and nothing was imported. {where}: {fault}',
  },
  keyTwice: {
    status: 422,
    zh: '{where}：“{value}”出现了两次。共 {count} 处错误，未导入任何内容。',
    en: '{where}: {value} appears twice. {count} faults in all; nothing was imported.',
  },
  keyUnknown: {
    status: 422,
    zh: '{where}：文件和系统中都没有“{value}”。共 {count} 处错误，未导入任何内容。',
    en: '{where}: neither the file nor the system knows {value}. {count} faults in all; nothing was imported.',
  },
  loginTaken: {
    status: 422,
    zh: '{where}：用户名“{value}”属于另一人。共 {count} 处错误，未导入任何内容。',
    en: '{where}: the login {value} belongs to somebody else. {count} faults in all; nothing was imported.',
  },
  hasAccount: {
    status: 422,
    zh: '{where}：“{value}”已有另一个账号。共 {count} 处错误，未导入任何内容。',
    en: '{where}: {value} already has another account. {count} faults in all; nothing was imported.',
  },
  creditCodeWrong: {
    status: 422,
    zh: '{where}：统一社会信用代码“{value}”有误。共 {count} 处错误，未导入任何内容。',
    en: '{where}: {value} is no unified social credit code (GB 32100). {count} faults in all; nothing was imported.',
  },
  functionMissing: {
    status: 422,
    zh: '{where}：条线单位“{value}”缺少职能代码。共 {count} 处错误，未导入任何内容。',
    en: '{where}: {value} is a line and needs its function. {count} faults in all; nothing was imported.',
  },
  periodTurned: {
    status: 422,
    zh: '{where}：结束日期 {value} 早于开始日期。共 {count} 处错误，未导入任何内容。',
    en: '{where}: the end {value} lies before the start. {count} faults in all; nothing was imported.',
  },
  belowItself: {
    status: 422,
    zh: '{where}：“{value}”成了自己的下级。共 {count} 处错误，未导入任何内容。',
    en: '{where}: {value} lies below itself. {count} faults in all; nothing was imported.',
  },
  badCursor: { status: 400, zh: '翻页标记无效，请从第一页重新开始。', en: 'The page mark is not valid. Start again from the first page.' },
})
