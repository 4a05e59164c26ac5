import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from './build/root.ts'

/** Words that must not be in the repository, with the reason. Spelled in parts so that this file passes its own check. */
const banned: readonly { readonly pattern: RegExp; readonly files: RegExp; readonly because: string }[] = [
  { pattern: /(^|[\s'"`(=:])\/(work|tmp|root|home)\/[\w.-]+/, files: /./, because: 'a path of one machine' },
  { pattern: /registry\.(npmjs|npmmirror|yarnpkg)|"resolved": "https?:/, files: /./, because: 'a package registry' },
  {
    pattern: /\bnew\s+Function\b|\beval\s*\(|set(Timeout|Interval)\(\s*['"`]/,
    files: /^packages\/[^/]+\/src\//,
    because: 'code generated from text',
  },
  { pattern: /\b(TODO|FIXME|XXX)\b/, files: /^(packages|examples|scripts|test)\/.*\.ts$/, because: 'work left undone' },
]
const own = 'scripts/check-words.ts'
const binary = /\.(png|jpe?g|gif|ico|woff2?|db|xlsx|zip|gz)$/

const { stdout } = await promisify(execFile)('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, maxBuffer: 64 * 1024 * 1024 })
const names = stdout.split('\n').filter((name) => name !== '' && name !== own && !binary.test(name))
const offences = (await Promise.all(names.map(check))).flat()

for (const offence of offences) console.error(offence)
console.log(offences.length === 0 ? 'No word that must not be there.' : `${offences.length} words that must not be there.`)
process.exitCode = offences.length === 0 ? 0 : 1

async function check(name: string): Promise<string[]> {
  const rules = banned.filter((rule) => rule.files.test(name))
  const text = await readFile(join(root, name), 'utf8').catch(() => '')
  return text
    .split('\n')
    .flatMap((line, index) => rules.filter((rule) => rule.pattern.test(line)).map((rule) => `${name}:${index + 1}: ${rule.because}`))
}
