import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './root.ts'

/** Something with a name and a sentence. */
export interface Described {
  readonly name: string
  readonly description: string
}

/** A public property of a component. */
export interface ComponentProperty extends Described {
  readonly type: string
  /** Null: a property only. */
  readonly attribute: string | null
}

/** A component as its source describes it. */
export interface Component {
  readonly tag: string
  readonly className: string
  /** Below the package's folder. */
  readonly path: string
  readonly description: string
  readonly properties: readonly ComponentProperty[]
  readonly methods: readonly Described[]
  readonly events: readonly Described[]
  readonly slots: readonly Described[]
  readonly parts: readonly Described[]
}

const source = join(root, 'packages/ui-components/src')
const components = {
  'crm-form': 'form/form.ts',
  'crm-list': 'list/list.ts',
  'crm-board': 'board/board.ts',
  'crm-field': 'field/field.ts',
  'crm-filter': 'filter/filter.ts',
}

/** Reads the components out of their sources, which all have one shape: tags above the class, one declaration a property. */
export async function readComponents(): Promise<readonly Component[]> {
  const base = await readFile(join(source, 'element/crm-element.ts'), 'utf8')
  const shared = propertiesOf(base)
  return Promise.all(
    Object.entries(components).map(async ([tag, path]) => {
      const text = await readFile(join(source, path), 'utf8')
      const [, doc = '', className = ''] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport class (\w+)/.exec(text) ?? []
      if (className === '') throw new Error(`${path} has no documented class.`)
      return {
        tag,
        className,
        path: `src/${path}`,
        description: sentence(doc.split(/\n \* @/)[0] ?? ''),
        properties: [...shared, ...propertiesOf(text)],
        methods: methodsOf(text),
        events: tagsOf(doc, 'event'),
        slots: tagsOf(doc, 'slot'),
        parts: tagsOf(doc, 'csspart'),
      }
    }),
  )
}

/** Names of the public design tokens. */
export async function readTokens(): Promise<readonly string[]> {
  const texts = await Promise.all(
    ['tokens', 'record-look', 'later-look'].map((name) => readFile(join(source, `styles/${name}.ts`), 'utf8')),
  )
  return [...new Set([...texts.join('').matchAll(/(--crm-[\w-]+):/g)].map(([, name = '']) => name))]
}

/** `custom-elements.json`, schema 2.1.0: what editors and documentation tools read. */
export function manifestOf(all: readonly Component[], tokens: readonly string[]): object {
  return {
    schemaVersion: '2.1.0',
    modules: all.map((one) => ({
      kind: 'javascript-module',
      path: one.path,
      declarations: [
        {
          kind: 'class',
          customElement: true,
          name: one.className,
          tagName: one.tag,
          description: one.description,
          members: [
            ...one.properties.map(({ name, description, type }) => ({ kind: 'field', name, description, type: { text: type } })),
            ...one.methods.map(({ name, description }) => ({ kind: 'method', name, description })),
          ],
          attributes: one.properties.flatMap(({ name, attribute, description, type }) =>
            attribute === null ? [] : [{ name: attribute, fieldName: name, description, type: { text: type } }],
          ),
          events: one.events.map(({ name, description }) => ({ name, description, type: { text: `CrmEvents['${name}']` } })),
          slots: one.slots,
          cssParts: one.parts,
          cssProperties: tokens.map((name) => ({ name })),
        },
      ],
      exports: [{ kind: 'custom-element-definition', name: one.tag, declaration: { name: one.className, module: one.path } }],
    })),
  }
}

function tagsOf(doc: string, tag: string): Described[] {
  return [...doc.matchAll(new RegExp(`\\* @${tag} (\\S+) - ([^\\n]+)`, 'g'))].map(([, name = '', description = '']) => ({
    name,
    description,
  }))
}

/** Declared properties that are no inner state. */
function propertiesOf(text: string): ComponentProperty[] {
  const block = /static override properties: PropertyDeclarations = \{\n([\s\S]*?)\n {2}\}/.exec(text)?.[1] ?? ''
  const declared = [...block.matchAll(/^ {4}(\w+): \{(.*)\},?$/gm)]
  return declared.flatMap(([, name = '', options = '']) => {
    if (options.includes('state: true')) return []
    const [, doc, type = ''] = new RegExp(`(?:\\/\\*\\*((?:(?!\\*\\/)[\\s\\S])*)\\*\\/\\n)? {2}declare ${name}: ([^\\n]+)`).exec(text) ?? []
    const named = /attribute: '([\w-]+)'/.exec(options)?.[1]
    const attribute = options.includes('attribute: false') ? null : (named ?? name.toLowerCase())
    return [{ name, type, attribute, description: sentence(doc ?? '') }]
  })
}

/** Documented methods that are there for hosts. */
function methodsOf(text: string): Described[] {
  const found = text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {2}(?:async )?(\w+)\(/g)
  return [...found]
    .map(([, doc = '', name = '']) => ({ name, description: sentence(doc) }))
    .filter(({ name, description }) => name !== 'constructor' && !/^For (parts|controls)/.test(description))
}

function sentence(doc: string): string {
  return doc
    .split('\n')
    .map((line) => line.replace(/^\s*\*\s?/, '').trim())
    .filter(Boolean)
    .join(' ')
}
