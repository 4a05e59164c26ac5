import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { reactTypes, vueTypes } from './framework-types.ts'
import { manifestOf, readComponents, readTokens } from './manifest.ts'
import { root } from './root.ts'

/** Writes `custom-elements.json` and the types for frameworks beside the modules. */
export async function emitManifest(folder = join(root, 'packages/ui-components/dist')): Promise<void> {
  const components = await readComponents()
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'custom-elements.json'), `${JSON.stringify(manifestOf(components, await readTokens()), null, 2)}\n`)
  await writeFile(join(folder, 'react.d.ts'), reactTypes(components))
  await writeFile(join(folder, 'vue.d.ts'), vueTypes(components))
}
