import { parseArgs } from 'node:util'

/** What `guanxi import` was told. */
export interface ImportArguments {
  readonly files: readonly string[]
  readonly database?: string
  readonly app?: string
  readonly tenant: string
  readonly actor: string
  /** File name → object; under '' the object of every other file. */
  readonly objects: ReadonlyMap<string, string>
  readonly mapping?: string
  readonly history: boolean
  readonly dryRun: boolean
  readonly whole: boolean
  readonly again: boolean
  readonly badRows: string
  readonly sheet?: string
}

/** Reads the command line. Throws a TypeError for what it does not know. */
export function readArguments(argv: readonly string[]): ImportArguments | 'help' {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      database: { type: 'string' },
      app: { type: 'string' },
      tenant: { type: 'string', default: 'default' },
      actor: { type: 'string', default: 'import' },
      object: { type: 'string', multiple: true, default: [] },
      mapping: { type: 'string' },
      history: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      'all-or-nothing': { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
      'bad-rows': { type: 'string', default: '.' },
      sheet: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  return {
    files: positionals,
    database: values.database,
    app: values.app,
    tenant: values.tenant,
    actor: values.actor,
    objects: new Map(values.object.map(objectOf)),
    mapping: values.mapping,
    history: values.history,
    dryRun: values['dry-run'],
    whole: values['all-or-nothing'],
    again: values.again,
    badRows: values['bad-rows'],
    sheet: values.sheet,
  }
}

function objectOf(text: string): [file: string, object: string] {
  const at = text.lastIndexOf('=')
  return at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + 1)]
}
