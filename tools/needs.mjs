// What the tests need besides npm's packages: a browser, Chinese fonts, a second PostgreSQL. Uses nothing but what Node 20 has.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'

const answers = (program, ...args) => spawnSync(program, args, { encoding: 'utf8' })

/** Folder of an installed PostgreSQL's programs, 15 where there are several; undefined when none of 15 or newer is there. */
export function otherPostgres() {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').map(Number) : []
  const found = versions.filter((version) => version >= 15 && existsSync(`/usr/lib/postgresql/${version}/bin/initdb`)).sort((a, b) => a - b)[0]
  return found === undefined ? undefined : `/usr/lib/postgresql/${found}/bin`
}

const needs = [
  { package: 'chromium', what: 'Chromium', there: () => existsSync('/usr/bin/chromium') },
  { package: 'fonts-noto-cjk', what: 'Noto CJK fonts', there: () => (answers('fc-list', ':lang=zh', 'family').stdout ?? '').trim() !== '' },
  { package: 'fontconfig', what: 'fontconfig', there: () => !answers('fc-list', '--version').error },
  { package: 'postgresql', what: 'PostgreSQL 15', there: () => otherPostgres() !== undefined },
  { package: 'git', what: 'git', there: () => !answers('git', '--version').error },
]

/** Installs what is missing on Debian as root; elsewhere says what to install. Resolves with the names of what is still missing. */
export function provide() {
  let missing = needs.filter((need) => !need.there())
  if (missing.length === 0) return []
  const packages = missing.map((need) => need.package)
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log(`安装测试所需：${packages.join(' ')} / Installing what the tests need`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-q=2'], { stdio: 'inherit', env })
    spawnSync('apt-get', ['install', '-y', '-q=2', '--no-install-recommends', ...packages], { stdio: ['ignore', 'ignore', 'inherit'], env })
    missing = needs.filter((need) => !need.there())
  }
  if (missing.length > 0) {
    console.log(
      `缺少 ${missing.map((need) => need.what).join('、')}；请安装（Debian：sudo apt-get install ${packages.join(' ')}）后重新运行 npm test。`,
    )
    console.log(
      `Missing: ${missing.map((need) => need.what).join(', ')}; install them (Debian: sudo apt-get install ${packages.join(' ')}) and run npm test again.`,
    )
  }
  return missing.map((need) => need.what)
}
