import { gzipSync } from 'node:zlib'
import type { OutputChunk } from 'rollup'

/** The file that a source of the components ended up in. */
export function chunkOf(chunks: readonly OutputChunk[], member: string): OutputChunk {
  const found = chunks.find((chunk) => chunk.moduleIds.some((id) => id.endsWith(`/ui-components/src/${member}`)))
  if (!found) throw new Error(`${member} is in no file.`)
  return found
}

/** What a page loads before these sources can be used: their files, the entry, and what they import from the start. */
export function firstLook(chunks: readonly OutputChunk[], members: readonly string[]): Set<OutputChunk> {
  const all = new Set([...chunks.filter((chunk) => chunk.isEntry), ...members.map((member) => chunkOf(chunks, member))])
  for (const chunk of all) for (const next of chunk.imports) addNamed(chunks, all, next)
  return all
}

/** Adds a file by its name. */
export function addNamed(chunks: readonly OutputChunk[], all: Set<OutputChunk>, fileName: string): void {
  const found = chunks.find((chunk) => chunk.fileName === fileName)
  if (found) all.add(found)
}

/** What they weigh, each gzipped, in kilobytes of 1,000 bytes. */
export function kilobytesOf(some: Iterable<OutputChunk>): number {
  return [...some].reduce((bytes, { code }) => bytes + gzipSync(code, { level: 9 }).length, 0) / 1000
}
