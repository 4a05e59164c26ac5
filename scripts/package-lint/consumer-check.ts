import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Package } from '../build/packages.ts'
import { root } from '../build/root.ts'
import { run } from '../build/run.ts'

const consumer = join(root, '.cache', 'consumer')
const resolutions = [
  { module: 'NodeNext', moduleResolution: 'NodeNext' },
  { module: 'ESNext', moduleResolution: 'Bundler' },
] as const

/** Packs the packages, unpacks them into a fresh project, type-checks it both ways and runs it. Returns how many checks failed. */
export async function checkConsumer(packages: readonly Package[]): Promise<number> {
  await rm(consumer, { recursive: true, force: true })
  for (const one of packages) await install(one)
  await cp(join(import.meta.dirname, 'consumer'), consumer, { recursive: true })
  await writeFile(join(consumer, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  const outcomes = []
  for (const resolution of resolutions) outcomes.push(await typeCheck(resolution))
  outcomes.push(await run(process.execPath, ['server.ts'], { cwd: consumer }))
  return outcomes.filter((code) => code !== 0).length
}

async function install(one: Package): Promise<void> {
  const target = join(consumer, 'node_modules', one.name)
  await mkdir(target, { recursive: true })
  const code = await run('npm', ['pack', '--silent', '--pack-destination', target], { cwd: one.folder })
  if (code !== 0) throw new Error(`${one.name} could not be packed.`)
  const unpacked = await run('sh', ['-c', 'tar xzf *.tgz --strip-components=1 && rm *.tgz'], { cwd: target })
  if (unpacked !== 0) throw new Error(`${one.name} could not be unpacked.`)
}

async function typeCheck(resolution: (typeof resolutions)[number]): Promise<number> {
  const file = join(consumer, `tsconfig.${resolution.moduleResolution}.json`)
  const compilerOptions = {
    ...resolution,
    target: 'ES2023',
    lib: ['ES2024', 'DOM', 'DOM.Iterable'],
    strict: true,
    noEmit: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    skipLibCheck: false,
    types: ['node'],
  }
  await writeFile(file, JSON.stringify({ compilerOptions, files: ['server.ts', 'page.ts'] }))
  return run(join(root, 'node_modules', '.bin', 'tsc'), ['-p', file])
}
