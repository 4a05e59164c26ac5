import type { formsWith, OperatorView } from '@guanxi/core/expression'
import type { FieldView, ObjectView } from '../../client/types.ts'
import { isTeam, leadsTo } from './people.ts'
import type { FieldSubject, FigureSubject, Subject } from './tree.ts'

/** Definitions by name; undefined = not known, or not readable. */
export type Objects = (name: string) => ObjectView | undefined

/** What a condition is about. */
export interface Source {
  readonly object: ObjectView
  readonly objects: Objects
  /** What plugins have added to expressions. */
  readonly operators?: readonly OperatorView[]
  /** The same, with the core's, for the check. */
  readonly forms?: ReturnType<typeof formsWith>
  /** Only the record's own fields are offered. */
  readonly isOwn?: boolean
  /** How it is judged: `memory` knows of the write that is going on as well. */
  readonly mode?: 'memory'
}

/** Fields that are asked about alike. */
export type FieldClass =
  | 'text'
  | 'number'
  | 'money'
  | 'yesNo'
  | 'date'
  | 'instant'
  | 'choice'
  | 'codes'
  | 'links'
  | 'reference'
  | 'person'
  | 'team'
  | 'pointer'

const classes: Readonly<Record<string, FieldClass>> = {
  text: 'text',
  longText: 'text',
  phone: 'text',
  email: 'text',
  url: 'text',
  integer: 'number',
  number: 'number',
  decimal: 'number',
  money: 'money',
  boolean: 'yesNo',
  date: 'date',
  instant: 'instant',
  choice: 'choice',
  multiChoice: 'codes',
  links: 'links',
  reference: 'reference',
  user: 'person',
  anyReference: 'pointer',
}

/** The class of a field; null where nothing can be asked of it. */
export function classOf(field: FieldView): FieldClass | null {
  const { kind } = field
  if (isTeam(field)) return 'team'
  return Object.hasOwn(classes, kind) ? (classes[kind] ?? null) : null
}

/** A field at the end of a path, and the references that lead there. */
export interface Found {
  readonly field: FieldView
  readonly hops: readonly FieldView[]
}

/** Steps of a path; a field of the tenant's admins is one step. */
export const stepsOf = (path: string): readonly string[] => path.match(/custom\.[^.]+|[^.]+/g) ?? []

/** The field a path leads to; null when it leads nowhere. */
export function findField({ object, objects }: Source, path: string): Found | null {
  let at: ObjectView | undefined = object
  const hops: FieldView[] = []
  const steps = stepsOf(path)
  for (const [index, step] of steps.entries()) {
    const field: FieldView | undefined = at && fieldNamed(at, step)
    if (!field) return null
    if (index === steps.length - 1) return { field, hops }
    const to = leadsTo(field)
    if (!to) return null
    hops.push(field)
    at = objects(to)
  }
  return null
}

/** `customer` may be written for `customerId`. */
const fieldNamed = (object: ObjectView, name: string): FieldView | undefined =>
  object.fields.find((field) => field.name === name) ?? object.fields.find((field) => field.name === `${name}Id`)

/** The source of conditions on the child records at a path; null when there are none. */
export function inside(source: Source, path: string): Source | null {
  const found = findField(source, path)
  if (!found || (found.field.kind !== 'children' && found.field.kind !== 'links')) return null
  const object = source.objects(found.field.to ?? '')
  return object ? { ...source, object } : null
}

/** What is compared: its class and, where there is one, its field. */
export interface Compared {
  readonly cls: FieldClass
  readonly field: FieldView
}

const counted: FieldView = { name: 'count', kind: 'integer', label: { 'zh-CN': '数量', en: 'Number' }, required: true }

/** What a subject is as a value; null when the definition knows no such thing. */
export function comparedOf(source: Source, subject: Subject): Compared | null {
  return subject.is === 'field' ? fieldOf(source, subject) : figureOf(source, subject)
}

function fieldOf(source: Source, { path }: FieldSubject): Compared | null {
  const found = findField(source, path)
  const cls = found && classOf(found.field)
  return found && cls ? { cls, field: found.field } : null
}

const figured: Readonly<Record<string, readonly string[]>> = {
  sum: ['integer', 'decimal', 'money'],
  minOf: ['integer', 'number', 'decimal', 'money', 'date', 'instant'],
  maxOf: ['integer', 'number', 'decimal', 'money', 'date', 'instant'],
}

function figureOf(source: Source, { fn, path, of }: FigureSubject): Compared | null {
  const within = inside(source, path)
  if (!within) return null
  if (fn === 'count') return { cls: 'number', field: counted }
  const found = of === null ? null : findField(within, of)
  const cls = found && classOf(found.field)
  return found && cls && figured[fn]?.includes(found.field.kind) ? { cls, field: found.field } : null
}

/** Fields of a child that a figure may be taken of, amounts first. */
export function figureFields({ object }: Source, fn: FigureSubject['fn']): readonly FieldView[] {
  const fields = object.fields.filter(({ kind, name }) => figured[fn]?.includes(kind) && name !== 'version' && name !== 'deletedAt')
  const rank = ({ kind, layer }: FieldView): number => (layer === 'system' ? 2 : kind === 'money' ? 0 : 1)
  return fields.sort((a, b) => rank(a) - rank(b))
}

/** May the value be missing? */
export function isNullable(source: Source, subject: Subject): boolean {
  if (subject.is === 'figure') return subject.fn === 'minOf' || subject.fn === 'maxOf'
  const found = findField(source, subject.path)
  if (!found) return true
  return found.hops.length > 0 || !(found.field.required || always.has(found.field.name))
}

const always = new Set(['id', 'version', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'])
