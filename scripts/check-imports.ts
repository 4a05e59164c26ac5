import { dirname, join } from 'node:path'
import { packageFolders } from './build/packages.ts'
import { findCircles, type Graph } from './imports/cycles.ts'
import { type Import, readImports } from './imports/read-imports.ts'
import { coreLayers, forbidden, oneFolder, packageRules } from './imports/rules.ts'
import { type SourceFile, sourceFiles } from './imports/source-files.ts'

const offences: string[] = []
const folderGraph: Graph = new Map()
const fileGraph: Graph = new Map()

for (const name of packageFolders) {
  const files = await sourceFiles(name)
  const byPath = new Map(files.map((file) => [file.path, file]))
  for (const file of files) {
    for (const one of await readImports(file.path)) {
      if (one.specifier.startsWith('.')) checkRelative(file, one, byPath)
      else checkOutside(file, one)
    }
  }
}
for (const cycle of findCircles(folderGraph)) offences.push(`circle of value imports between folders: ${cycle}`)

for (const cycle of findCircles(fileGraph)) offences.push(`circle of value imports between files: ${cycle}`)

for (const offence of offences) console.error(offence)
console.log(offences.length === 0 ? 'Imports go the right way.' : `${offences.length} imports go the wrong way.`)
process.exitCode = offences.length === 0 ? 0 : 1

function checkOutside(file: SourceFile, { specifier }: Import): void {
  if (forbidden[file.package]?.test(specifier)) offences.push(`${file.name}: ${file.package} must not import "${specifier}"`)
  if (!specifier.startsWith('@guanxi/')) return
  if (specifier.startsWith(`@guanxi/${file.package}`)) return
  if (!packageRules[file.package]?.some((rule) => rule.test(specifier))) {
    offences.push(`${file.name}: ${file.package} must not import "${specifier}"`)
  }
}

function checkRelative(file: SourceFile, { specifier, value }: Import, byPath: ReadonlyMap<string, SourceFile>): void {
  const target = byPath.get(join(dirname(file.path), specifier))
  if (!target) return void offences.push(`${file.name}: "${specifier}" is not a source file of the package (test code, or outside of src)`)
  if (!value) return
  remember(fileGraph, file.name, target.name, file)
  if (file.folder === target.folder || file.folder === '' || target.folder === '') return
  if (nodeOf(file) !== nodeOf(target)) remember(folderGraph, nodeOf(file), nodeOf(target), file)
  if (file.package === 'core') checkLayer(file, target)
}

function remember(graph: Graph, from: string, to: string, file: SourceFile): void {
  const edges = graph.get(from) ?? new Map<string, string>()
  graph.set(from, edges.set(to, file.name))
}

function nodeOf(file: SourceFile): string {
  const folder = `${file.package}/${file.folder}`
  return oneFolder[folder] ?? folder
}

function checkLayer(file: SourceFile, target: SourceFile): void {
  const from = layerOf(file.folder)
  const to = layerOf(target.folder)
  if (from < 0)
    return void offences.push(`${file.name}: folder "${file.folder}" has no layer; add it to coreLayers in scripts/imports/rules.ts`)
  if (to > from) offences.push(`${file.name}: ${file.folder} (layer ${from}) must not import a value from ${target.folder} (layer ${to})`)
}

function layerOf(folder: string): number {
  return coreLayers.findIndex((layer) => layer.includes(folder))
}
