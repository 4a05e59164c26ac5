import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { root } from './root.ts'

const bin = join(root, 'node_modules', '.bin')

/** Runs a program in the repository's folder with our output and the repository's own Node first in PATH; resolves to its exit code. */
export function run(command: string, args: readonly string[], options: { readonly cwd?: string } = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` }
    const child = spawn(command, args, { cwd: options.cwd ?? root, stdio: 'inherit', env })
    const forward = (signal: NodeJS.Signals): void => void child.kill(signal)
    process.on('SIGINT', forward).on('SIGTERM', forward)
    child.once('error', reject)
    child.once('exit', (code) => {
      process.off('SIGINT', forward).off('SIGTERM', forward)
      resolve(code ?? 1)
    })
  })
}
