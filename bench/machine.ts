import { readFile } from 'node:fs/promises'
import { cpus, release, type } from 'node:os'

/** Where a run took place. */
export interface Machine {
  readonly cores: number
  readonly model: string
  readonly platform: string
  readonly node: string
  readonly knex: string
}

export async function thisMachine(): Promise<Machine> {
  const [first] = cpus()
  return {
    cores: cpus().length,
    model: first?.model.trim() || 'unknown processor',
    platform: `${type()} ${release()}`,
    node: process.versions.node,
    knex: await installedVersion('knex'),
  }
}

/** Version of a package as it is installed. */
export async function installedVersion(name: string): Promise<string> {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url)
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string }
  return version
}

/** The same as a line of a report. */
export async function machineLine(): Promise<string> {
  const { cores, model, platform, node } = await thisMachine()
  return `${cores} × ${model}, ${platform}, Node ${node}`
}
