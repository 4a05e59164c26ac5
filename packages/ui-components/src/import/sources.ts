import type { ImportClient } from '../client/import-client.ts'
import type { FileMapping, ImportMapping } from '../client/import-types.ts'
import type { ObjectView } from '../client/types.ts'
import { Source } from './source.ts'
import { guessTarget } from './targets.ts'

/** The files of an import and which of them is looked at. */
export class Sources {
  list: readonly Source[] = []
  active: Source | null = null
  readonly #client: () => ImportClient
  readonly #changed: () => void

  constructor(client: () => ImportClient, changed: () => void) {
    this.#client = client
    this.#changed = changed
  }

  /** Sends files to the server; each is taken for the object it is named after, unless there is only one. */
  async add(files: readonly File[], targets: readonly ObjectView[], fixed: string): Promise<void> {
    const added = files
      .filter((file) => !this.list.some((known) => known.file.name === file.name))
      .map((file) => {
        const source = new Source(file, this.#client(), this.#changed)
        source.object = fixed || guessTarget(file.name, targets)
        return source
      })
    this.list = [...this.list, ...added]
    this.active ??= this.list[0] ?? null
    this.#changed()
    await Promise.all(added.map((source) => source.send()))
  }

  /** Takes another sheet of a workbook in, for what it is named after. */
  addSheet(source: Source, sheet: string, targets: readonly ObjectView[], fixed: string): void {
    const added = Source.sheetOf(source, sheet)
    added.object = fixed || guessTarget(sheet, targets)
    this.list = this.list.toSpliced(this.list.indexOf(source) + 1, 0, added)
    this.#changed()
  }

  /** Sheets of a workbook that are not part of the import yet. */
  otherSheets(source: Source): readonly string[] {
    const taken = this.list.filter(({ uploaded }) => uploaded === source.uploaded).map(({ sheet }) => sheet)
    return (source.uploaded?.sheets ?? []).filter((sheet) => !taken.includes(sheet))
  }

  remove(source: Source): void {
    source.close(this.list.some((other) => other !== source && other.uploaded === source.uploaded))
    this.list = this.list.filter((known) => known !== source)
    if (this.active === source) this.active = this.list[0] ?? null
    this.#changed()
  }

  clear(): void {
    const closed = new Set<unknown>()
    for (const source of this.list) {
      source.close(closed.has(source.uploaded))
      closed.add(source.uploaded)
    }
    this.list = []
    this.active = null
  }

  select(source: Source): void {
    this.active = source
    this.#changed()
  }

  /** Are all files on the server, and is it known what each is about? */
  get areReady(): boolean {
    return this.list.length > 0 && this.list.every((source) => source.uploaded !== null && source.object !== null)
  }

  /** Is every file understood as it stands? */
  get areMapped(): boolean {
    return this.fileMappings.length === this.list.length && this.list.every((source) => !source.isReading && source.readError === null)
  }

  get fileMappings(): readonly FileMapping[] {
    return this.list.map((source) => source.fileMapping).filter((one) => one !== null)
  }

  get rows(): number {
    return this.list.reduce((sum, source) => sum + (source.preview?.rows ?? 0), 0)
  }

  get openQuestions(): number {
    return this.list.reduce((sum, source) => sum + source.openQuestions, 0)
  }

  /**
   * Reads every file that has not been read. Those that name records of the others are read once more when all are known: only then can
   * the server tell a name that is coming from one that nobody has.
   */
  async read(): Promise<void> {
    const fresh = this.list.filter((source) => source.preview === null)
    await Promise.all(fresh.map((source) => source.read([])))
    const objects = new Set(this.list.map(({ object }) => object))
    const naming = fresh.filter(({ preview, object }) =>
      preview?.questions.some((question) => question.kind === 'references' && question.object !== object && objects.has(question.object)),
    )
    await Promise.all(naming.map((source) => source.read(this.othersOf(source))))
  }

  edit(source: Source, mapping: ImportMapping): void {
    source.edit(mapping, () => this.othersOf(source))
  }

  /** The other files with their mappings. */
  othersOf(source: Source): readonly FileMapping[] {
    return this.list.filter((other) => other !== source).flatMap((other) => other.fileMapping ?? [])
  }
}
