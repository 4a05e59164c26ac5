import { directoryObject, peopleWords, stateWords } from '@guanxi/core/expression'
import type { FieldKind, FieldView, ObjectView, Words } from '../../client/types.ts'
import type { Objects } from './fields.ts'

const person = '$person'
const team = '$team'
const labels: Readonly<Record<string, Words>> = {
  [person]: { 'zh-CN': '人员', en: 'Person' },
  [team]: { 'zh-CN': '团队', en: 'Team' },
}

/** Roles are the host's own words, without a list to choose from. */
const unasked = new Set(['roles', 'locale'])
const nameless: Words = { 'zh-CN': '', en: '' }

function viewOf(name: string): ObjectView | undefined {
  const object = directoryObject(name)
  const label = labels[name]
  if (!object || !label) return undefined
  const fields = object.fields
    .filter((field) => !unasked.has(field.name))
    .map((field): FieldView => {
      const options = field.options?.map(({ value }) => ({ value, label: stateWords[value] ?? nameless }))
      const to = field.kind === 'reference' ? (field.to ?? null) : null
      return {
        name: field.name,
        kind: field.kind as FieldKind,
        label: peopleWords[field.name] ?? nameless,
        to,
        layer: 'object',
        ...(options && { options }),
      }
    })
  return { name, label, pluralLabel: label, nameField: 'name', permissions: ['read'], fields }
}

const views = new Map([person, team].map((name) => [name, viewOf(name)]))

/** Definitions by name, with the people and teams that paths lead to. */
export const withPeople =
  (objects: Objects): Objects =>
  (name) =>
    objects(name) ?? views.get(name)

/** The object that a field leads to; null where it leads nowhere. */
export function leadsTo({ name, kind, to }: FieldView): string | null {
  if (kind === 'user') return person
  if (name === 'teamId' && kind === 'text') return team
  return kind === 'reference' ? (to ?? null) : null
}

/** Is a team what it holds? */
export const isTeam = ({ name, to }: FieldView): boolean => name === 'teamId' || to === team
