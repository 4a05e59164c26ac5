import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

// After `npm ci`: drops what nothing reads, 85 MB of 675: the C++ headers beside the Node binary and the object files of a compiled sqlite3.
const modules = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', 'node_modules')
const binaries = join(modules, 'node', 'node_modules')

for (const name of await readdir(binaries).catch(() => [])) {
  if (name.startsWith('node-')) await rm(join(binaries, name, 'include'), { recursive: true, force: true })
}
for (const name of ['.deps', 'obj', 'obj.target', 'sqlite3.a']) {
  await rm(join(modules, 'sqlite3', 'build', 'Release', name), { recursive: true, force: true })
}
