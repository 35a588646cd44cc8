// What the two commands and `huying` need before anything of ours can run. Uses nothing but what Node 20 has.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readFileSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../', import.meta.url)).replace(/[\\/]$/, '')
const modules = join(root, 'node_modules')
const bin = join(modules, '.bin')
const neededMb = 1200

/** Ends the program with one sentence in both languages. */
export function fail(zh, en) {
  console.error(`\n${zh}\n${en}`)
  process.exit(1)
}

/** What an installation depends on: the lockfile and the kind of machine. */
function wantedMark() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex')
}

/** True when node_modules holds what the lockfile names. */
function isInstalled() {
  const mark = join(modules, '.huying-lock')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wantedMark()) return true
  // Somebody ran npm by hand: npm's own record tells whether that was after the lockfile's last change.
  const record = join(modules, '.package-lock.json')
  return existsSync(record) && statSync(record).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
}

/** Installs what the lockfile names, when it changed since the last time. */
export function install() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    fail(
      `需要 Node 20.19 或更新的版本，现在是 ${process.version}；请从 https://nodejs.org 安装。`,
      `Node 20.19 or newer is needed, this is ${process.version}; install it from https://nodejs.org.`,
    )
  if (isInstalled()) return
  // npm follows a link and empties what it points at, which other checkouts may be using.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink())
    fail(
      'node_modules 是一个链接，里面的依赖与 package-lock.json 不符；请在它指向的目录里安装，或删除这个链接后重试。',
      'node_modules is a link, and what it holds is not what package-lock.json names; install where it points, or remove the link and try again.',
    )
  const { bavail, bsize } = statfsSync(root)
  const free = Math.floor((bavail * bsize) / 1024 ** 2)
  if (free < neededMb)
    fail(
      `磁盘空间不足：安装依赖约需 ${neededMb} MB，只剩 ${free} MB；请清理磁盘后重试。`,
      `The disk is full: the dependencies need about ${neededMb} MB, ${free} MB are left; free some space and try again.`,
    )
  console.log('安装依赖，约需一分钟… / Installing the dependencies, about a minute …')
  // Without our own Node in front: npm is about to replace it. Engine warnings are about the older Node that only installs.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== bin)
    .join(delimiter)
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
    shell: process.platform === 'win32',
  })
  if (done.status !== 0)
    fail(
      '依赖没有装好（原因见上）；请检查网络，也可以换用镜像：npm config set registry <地址>',
      'The dependencies could not be installed (the reason is above); check the network, or name a mirror: npm config set registry <url>',
    )
  writeFileSync(join(modules, '.huying-lock'), wantedMark())
}

/** The Node that our sources need: the one npm installed, or this one when it is new enough. */
export function pinnedNode() {
  const windows = process.platform === 'win32'
  const pinned = join(modules, `node-${windows ? 'win' : process.platform}-${process.arch}`, 'bin', windows ? 'node.exe' : 'node')
  // Started once, because a file that is there need not run here (another C library, a mount without execution).
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return pinned
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return fail(
    `本机（${process.platform}-${process.arch}）没有可随依赖安装的 Node 24，现在是 ${process.version}；请从 https://nodejs.org 安装 Node 24。`,
    `npm has no Node 24 for ${process.platform}-${process.arch} and this is ${process.version}; install Node 24 from https://nodejs.org.`,
  )
}

/** Environment in which our tools find the pinned Node first. */
export function environment() {
  // Node keeps what it compiled, so every process after the first one starts in two thirds of the time.
  const compiled = join(root, 'node_modules', '.cache', 'node')
  return { NODE_COMPILE_CACHE: compiled, ...process.env, PATH: [bin, process.env.PATH ?? ''].join(delimiter) }
}

/** Goes on under the pinned Node and ends as that process ends. Signals are passed on; the child also learns when we are gone. */
export function continueAs(args) {
  const child = spawn(pinnedNode(), args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: environment() })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}
