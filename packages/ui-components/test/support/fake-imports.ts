import type {
  BadRow,
  FileMapping,
  ImportJob,
  ImportMapping,
  NamedMapping,
  Preview,
  Question,
  Reason,
  Rehearsal,
  RowResult,
} from '../../src/client/import-types.ts'
import type { FieldView, ObjectView } from '../../src/client/types.ts'
import { peopleView } from '../../src/import/people-object.ts'
import type { FakeServer, Seen } from './fake-server.ts'
import { people } from './sample.ts'

interface StoredFile {
  readonly id: string
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly sheets: readonly string[]
}

interface StoredJob {
  job: ImportJob
  readonly files: readonly { readonly source: StoredFile; readonly mapping: ImportMapping }[]
  at: number
  bad: { readonly file: number; readonly row: BadRow }[]
}

/** Imports as the server answers them, of plain comma-separated files: enough for the component to be tested against. */
export class FakeImports {
  readonly files = new Map<string, StoredFile>()
  readonly jobs: StoredJob[] = []
  readonly saved: NamedMapping[] = []
  /** Sheets that the next workbook has. */
  sheets: readonly string[] = []
  /** What the next previews have to tell of a file. */
  notices: readonly Reason[] = []
  /** Rows that a running job takes between two looks. */
  pace = 1000
  /** False as on a server without the plugin. */
  installed = true
  readonly #server: FakeServer
  #next = 0

  constructor(server: FakeServer) {
    this.#server = server
  }

  answer(seen: Seen): Response | null {
    if (!this.installed) return null
    const [, area = '', id = '', action = ''] = seen.path.split('/').map(decodeURIComponent)
    if (area === 'files') return this.#fileAnswer(seen, id)
    if (area === 'preview') return json(this.#preview(seen.body as PreviewBody))
    if (area === 'dry-run') return json(this.#rehearse((seen.body as { files: FileMapping[] }).files))
    if (area === 'mappings') return this.#mappingAnswer(seen, id)
    if (area !== 'jobs') return null
    if (!id) return seen.method === 'POST' ? this.#start(seen) : json({ jobs: this.jobs.map(({ job }) => job).toReversed(), cursor: null })
    return this.#jobAnswer(seen, id, action)
  }

  #fileAnswer(seen: Seen, id: string): Response {
    if (seen.method === 'DELETE') {
      this.files.delete(id)
      return new Response(null, { status: 204 })
    }
    const name = seen.query.get('name') ?? ''
    const [header = '', ...lines] = String(seen.body).trim().split('\n')
    const file = {
      id: `f${++this.#next}`,
      name,
      columns: header.split(','),
      rows: lines.map((line) => line.split(',')),
      sheets: this.sheets,
    }
    this.files.set(file.id, file)
    const { sheets } = file
    return json(
      {
        id: file.id,
        name,
        bytes: String(seen.body).length,
        format: sheets.length > 0 ? 'xlsx' : 'csv',
        sheets,
        expiresAt: this.#server.now,
      },
      201,
    )
  }

  #mappingAnswer(seen: Seen, name: string): Response {
    const at = this.saved.findIndex((one) => one.name === name)
    if (seen.method === 'GET') return json({ mappings: this.saved.filter(({ mapping }) => mapping.object === seen.query.get('object')) })
    if (at >= 0) this.saved.splice(at, 1)
    if (seen.method === 'PUT') this.saved.unshift({ name, mapping: (seen.body as { mapping: ImportMapping }).mapping })
    return new Response(seen.method === 'PUT' ? '{}' : null, { status: seen.method === 'PUT' ? 200 : 204 })
  }

  #start(seen: Seen): Response {
    const { name, files } = seen.body as { name: string; files: FileMapping[] }
    const listed = files.map(({ file, mapping }) => ({ source: this.#file(file), mapping }))
    const content = (list: StoredJob['files']) => JSON.stringify(list.map(({ source, mapping }) => [source.rows, mapping]))
    const known = this.jobs.find(({ job, files: before }) => job.state === 'done' && content(before) === content(listed))
    if (known) return json({ job: known.job, repeated: true }, 201)
    const rowsTotal = listed.reduce((sum, { source }) => sum + source.rows.length, 0)
    const job: ImportJob = {
      id: `j${++this.#next}`,
      name,
      state: 'ready',
      rowsTotal,
      rowsDone: 0,
      created: 0,
      updated: 0,
      unchanged: 0,
      refused: 0,
      repairs: '[]',
      createdAt: this.#server.now,
    }
    this.jobs.push({ job, files: listed, at: 0, bad: [] })
    return json({ job, repeated: false }, 201)
  }

  #jobAnswer(seen: Seen, id: string, action: string): Response | null {
    const stored = this.jobs.find(({ job }) => job.id === id)
    if (!stored) return null
    if (action === 'run' || action === 'cancel') stored.job = { ...stored.job, state: action === 'run' ? 'running' : 'cancelled' }
    if (action === 'bad-rows') return this.#badRows(stored, seen)
    if (action === 'repairs') return json({ results: this.#repair(stored, seen.body as RepairBody) })
    if (action === '' && stored.job.state === 'running') this.#advance(stored)
    const { job, files } = stored
    return json({
      job,
      progress: progressOf(job, this.pace),
      files: files.map(({ source, mapping }) => ({ name: source.name, object: mapping.object })),
    })
  }

  #advance(stored: StoredJob): void {
    const rows = stored.files.flatMap(({ source, mapping }, file) =>
      source.rows.map((cells, index) => ({ file, source, mapping, cells, row: index + 2 })),
    )
    for (const { file, source, mapping, cells, row } of rows.slice(stored.at, stored.at + this.pace)) {
      const reasons = this.#reasons(source, mapping, cells)
      if (reasons.length > 0) stored.bad.push({ file, row: { row, state: 'refused', cells, reasons } })
      else this.#take(source, mapping, cells)
      const { created = 0, refused = 0, rowsDone = 0 } = stored.job
      const taken = reasons.length === 0
      stored.job = {
        ...stored.job,
        rowsDone: Number(rowsDone) + 1,
        created: Number(created) + Number(taken),
        refused: Number(refused) + Number(!taken),
      }
    }
    stored.at += this.pace
    if (stored.at >= rows.length) stored.job = { ...stored.job, state: 'done', finishedAt: this.#server.now }
  }

  #badRows({ files, bad }: StoredJob, seen: Seen): Response {
    const groups = files.map(({ source }, index) => ({
      index,
      file: source.name,
      columns: [...source.columns, '未导入原因'],
      own: bad.filter(({ file }) => file === index),
    }))
    if (seen.query.get('format')) {
      const group = groups[Number(seen.query.get('file'))]
      const lines =
        group?.own.map(({ row }) => [...row.cells, row.reasons.map(({ message }) => message['zh-CN']).join('|')].join(',')) ?? []
      return new Response([group?.columns.join(','), ...lines].join('\n'), { headers: { 'content-type': 'text/csv' } })
    }
    const views = groups
      .filter(({ own }) => own.length > 0)
      .map(({ own, ...group }) => ({
        ...group,
        count: own.length,
        rows: own.map(({ row }) => [...row.cells, '']),
        details: own.map(({ row: { cells: _, ...row } }) => row),
      }))
    return json({ files: views })
  }

  #repair(stored: StoredJob, { rows }: RepairBody): RowResult[] {
    return rows.map(({ file, row, cells }) => {
      const { source, mapping } = stored.files[file] ?? { source: this.#file(''), mapping: { object: '', columns: [] } }
      const found = stored.bad.find((one) => one.file === file && one.row.row === row)
      const next = source.columns.map((column, index) => cells[column] ?? found?.row.cells[index] ?? '')
      const reasons = this.#reasons(source, mapping, next)
      if (reasons.length === 0) {
        stored.bad = stored.bad.filter((one) => one !== found)
        stored.job = { ...stored.job, created: (stored.job.created ?? 0) + 1, refused: (stored.job.refused ?? 0) - 1 }
        this.#take(source, mapping, next)
      }
      return { file: source.name, row, outcome: reasons.length === 0 ? 'create' : 'refuse', recordId: null, reasons, name: null, marks: [] }
    })
  }

  #take(source: StoredFile, mapping: ImportMapping, cells: readonly string[]): void {
    const values = mapping.columns.map(({ column, field }) => [field, cells[source.columns.indexOf(column)] ?? ''] as const)
    const records = this.#server.records.get(mapping.object) ?? []
    this.#server.records.set(mapping.object, [...records, { id: `i${++this.#next}`, version: 1, ...Object.fromEntries(values) }])
  }

  #preview({ file, object, mapping, others = [] }: PreviewBody): Preview {
    const source = this.#file(file)
    const definition = this.#definition(object)
    const guesses = source.columns.map((column) => {
      const field = definition.fields.find(({ name, label }) => [name, label['zh-CN'], label.en].includes(column))
      return { column, field: field?.name ?? null, confidence: field ? 0.98 : 0, reason: field ? ('label' as const) : ('none' as const) }
    })
    const guessed = guesses.flatMap(({ column, field }) => (field ? [{ column, field }] : []))
    const used: ImportMapping = mapping ?? { object, columns: guessed }
    const samples = source.columns.map((_, index) =>
      [...new Set(source.rows.map((cells) => cells[index] ?? ''))].filter(Boolean).slice(0, 12),
    )
    const sample = source.rows.slice(0, 20).map((cells, index) => ({
      row: index + 2,
      cells: used.columns.map(({ column, field }) => ({ column, field, text: cells[source.columns.indexOf(column)] ?? '' })),
    }))
    const coming = new Set(others.flatMap((other) => this.#file(other.file).rows.map(([name = '']) => name)))
    const { sheets } = source
    return {
      sheet: sheets[0] ?? null,
      sheets,
      format: {
        type: sheets.length > 0 ? 'xlsx' : 'csv',
        encoding: sheets.length > 0 ? null : 'utf-8',
        delimiter: sheets.length > 0 ? null : ',',
      },
      notices: this.notices,
      columns: source.columns,
      samples,
      rows: source.rows.length,
      guesses,
      mapping: used,
      sample,
      questions: this.#questions(source, used, coming),
    }
  }

  #questions(source: StoredFile, mapping: ImportMapping, coming: ReadonlySet<string>): Question[] {
    const definition = this.#definition(mapping.object)
    const asked = mapping.columns.flatMap(({ column, field: name, options }): Question[] => {
      const field = definition.fields.find((one) => one.name === name)
      const texts = source.rows
        .map((cells) => cells[source.columns.indexOf(column)] ?? '')
        .filter((text) => text !== '' && !coming.has(text))
      if (!field) return []
      if (field.kind === 'date' && !options?.dateOrder && texts.some((text) => text.includes('/')))
        return [{ kind: 'dateOrder', column, field: name, dmy: 0, mdy: 0, either: texts.filter((text) => text.includes('/')).length }]
      const wrong = Map.groupBy(
        texts.filter((text) => this.#means(field, mapping, text) === undefined),
        (text) => text,
      )
      const values = [...wrong].map(([value, all]) => ({ value, count: all.length, nearest: this.#nearest(field, value) }))
      if (values.length === 0) return []
      if (field.kind === 'choice') return [{ kind: 'options', column, field: name, distinct: values.length, values }]
      return [{ kind: 'references', column, field: name, object: field.to ?? '@people', distinct: values.length, values }]
    })
    const filled = new Set([
      ...mapping.columns.map(({ field }) => field),
      ...Object.keys(mapping.templates ?? {}),
      ...Object.keys(mapping.defaults ?? {}),
    ])
    const missing = definition.fields.filter(({ name, required, default: given }) => required && given === undefined && !filled.has(name))
    return [...asked, ...missing.map(({ name }): Question => ({ kind: 'required', field: name }))]
  }

  #rehearse(files: readonly FileMapping[]): Rehearsal {
    const rows = files.flatMap(({ file, mapping }) => {
      const source = this.#file(file)
      return source.rows.map((cells, index): RowResult => {
        const reasons = this.#reasons(source, mapping, cells)
        return {
          file: source.name,
          row: index + 2,
          outcome: reasons.length > 0 ? 'refuse' : 'create',
          recordId: null,
          reasons,
          name: cells[0] ?? null,
          marks: marksOf(source, cells),
        }
      })
    })
    const problems = rows.filter(({ outcome }) => outcome === 'refuse')
    const repairs = rows.flatMap(({ file, row, marks }) =>
      marks.map(({ column, original, value }) => ({ file, column, code: 'WIDTH', count: 1, examples: [{ row, original, value }] })),
    )
    return {
      created: rows.length - problems.length,
      updated: 0,
      unchanged: 0,
      refused: problems.length,
      rowsTotal: rows.length,
      rows: rows.slice(0, 200),
      problems,
      repairs,
    }
  }

  #reasons(source: StoredFile, mapping: ImportMapping, cells: readonly string[]): Reason[] {
    const definition = this.#definition(mapping.object)
    return mapping.columns.flatMap(({ column, field: name }) => {
      const field = definition.fields.find((one) => one.name === name)
      const text = cells[source.columns.indexOf(column)] ?? ''
      if (!field || text === '' || this.#means(field, mapping, text) !== undefined) return []
      const message = { 'zh-CN': `「${text}」不是可选项。`, en: `“${text}” is not one of the options.` }
      return [{ code: 'IMPORT_OPTION_UNKNOWN', column, field: name, message, hint: null }]
    })
  }

  /** What a cell means; undefined when nobody knows. */
  #means(field: FieldView, { values, references }: ImportMapping, text: string): unknown {
    const mapped = values?.[field.name]?.[text]
    if (mapped === null) return null
    const word = mapped ?? text
    if (field.kind === 'choice')
      return field.options?.find(({ value, label }) => [value, label?.['zh-CN'], label?.en].includes(word))?.value
    if (field.kind !== 'reference' && field.kind !== 'user') return word
    return this.#names(field).find((name) => name === word) ?? (references?.[field.name]?.missing ? null : undefined)
  }

  #nearest(field: FieldView, text: string): string | null {
    const offers = field.kind === 'choice' ? (field.options ?? []).map(({ label, value }) => label?.['zh-CN'] ?? value) : this.#names(field)
    return offers.find((offer) => offer.startsWith(text.slice(0, 2))) ?? null
  }

  #names({ kind, to }: FieldView): string[] {
    if (kind === 'user') return people.map(({ name }) => name)
    return (this.#server.records.get(to ?? '') ?? []).map(({ name }) => String(name))
  }

  #definition(name: string): ObjectView {
    return [...this.#server.objects, peopleView].find((one) => one.name === name) ?? peopleView
  }

  #file(id: string): StoredFile {
    const file = this.files.get(id)
    if (!file) throw new Error(`The fake server has no file ${id}`)
    return file
  }
}

interface PreviewBody {
  readonly file: string
  readonly object: string
  readonly mapping?: ImportMapping
  readonly others?: readonly FileMapping[]
}

interface RepairBody {
  readonly rows: readonly { readonly file: number; readonly row: number; readonly cells: Readonly<Record<string, string>> }[]
}

/** Full-width digits are made half-width, as the server does. */
function marksOf({ columns }: StoredFile, cells: readonly string[]): RowResult['marks'] {
  return cells.flatMap((text, index) => {
    const value = text.normalize('NFKC')
    return value === text ? [] : [{ column: columns[index] ?? '', codes: ['WIDTH'], original: text, value }]
  })
}

function progressOf({ rowsDone, rowsTotal, created, updated, unchanged, refused }: ImportJob, rate: number) {
  const rows = rowsDone ?? 0
  const total = rowsTotal ?? 0
  return { rows, total, created, updated, skipped: unchanged, refused, rate, secondsLeft: Math.ceil((total - rows) / rate) }
}

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}
