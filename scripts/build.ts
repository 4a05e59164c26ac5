import { buildBrowser } from './build/browser.ts'
import { emitDeclarations } from './build/declarations.ts'
import { emitManifest } from './build/emit-manifest.ts'
import { buildModules } from './build/modules.ts'
import { readPackages } from './build/packages.ts'

if (process.argv.includes('--browser-only')) await buildBrowser()
else {
  for (const one of await readPackages()) {
    await buildModules(one)
    await emitDeclarations(one)
  }
  await emitManifest()
  await buildBrowser()
}
