import { buffer } from 'node:stream/consumers'
import { fromBuffer } from 'yauzl'

/** The parts of a zip, in order, as text. */
export function unzipped(bytes: Buffer): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error)
      const parts = new Map<string, string>()
      zip.on('entry', (entry) =>
        zip.openReadStream(entry, (problem, stream) => {
          if (problem) return reject(problem)
          buffer(stream).then((content) => {
            parts.set(entry.fileName, content.toString())
            zip.readEntry()
          }, reject)
        }),
      )
      zip.on('end', () => resolve(parts))
      zip.on('error', reject)
      zip.readEntry()
    })
  })
}
