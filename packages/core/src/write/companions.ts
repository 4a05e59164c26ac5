import { fieldValue, type RecordValues } from '../object/field-value.ts'
import type { Scope } from '../scope/scope.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import { tokenRows, without } from './derived.ts'
import type { Draft } from './draft.ts'
import type { Company } from './write-plans.ts'

type Rows = readonly (readonly unknown[])[]

const alone: Company = { tokens: false, links: false, idempotency: false }

/** The satellite rows of an insert, in the order of its plan. */
export function insertCompanions(
  scope: Scope,
  runtime: ObjectRuntime,
  drafts: readonly Draft[],
  idempotency: readonly unknown[] | null,
): { company: Company; satellites: Rows[] } {
  if (!idempotency && !runtime.definition.searchable && runtime.links.length === 0) return { company: alone, satellites: [] }
  const { tenant } = scope.actor
  const tokens = drafts.flatMap((draft) => tokenRows(runtime.definition, tenant, draft.id, draft.next))
  const links = runtime.links.map((field) => drafts.flatMap((draft) => linkRows(tenant, draft.id, fieldValue(draft.next, field))))
  const company = { tokens: tokens.length > 0, links: links.some((rows) => rows.length > 0), idempotency: idempotency !== null }
  return {
    company,
    satellites: [...(company.tokens ? [tokens] : []), ...(company.links ? links : []), ...(idempotency ? [[idempotency]] : [])],
  }
}

/** The satellite rows of updates: what goes, then what comes, for each kind. */
export function updateCompanions(
  scope: Scope,
  runtime: ObjectRuntime,
  drafts: readonly Draft[],
  idempotency: readonly unknown[] | null,
): { company: Company; satellites: Rows[] } {
  const { tenant } = scope.actor
  const tokens = moved(drafts, (id, record) => tokenRows(runtime.definition, tenant, id, record), without)
  const links = runtime.links.map((field) => moved(drafts, (id, record) => linkRows(tenant, id, fieldValue(record, field)), withoutLinks))
  const any = ({ gone, come }: Moved): boolean => gone.length > 0 || come.length > 0
  const company = { tokens: any(tokens), links: links.some(any), idempotency: idempotency !== null }
  const pairs = [...(company.tokens ? [tokens] : []), ...(company.links ? links : [])]
  return { company, satellites: [...pairs.flatMap(({ gone, come }) => [gone, come]), ...(idempotency ? [[idempotency]] : [])] }
}

interface Moved {
  readonly gone: Rows
  readonly come: Rows
}

function moved<R extends readonly unknown[]>(
  drafts: readonly Draft[],
  rowsOf: (id: string, record: RecordValues) => R[],
  minus: (from: R[], other: R[]) => R[],
): Moved {
  const gone: R[] = []
  const come: R[] = []
  for (const { id, previous, next } of drafts) {
    if (!previous) continue
    const then = rowsOf(id, previous as unknown as RecordValues)
    const now = rowsOf(id, next)
    gone.push(...minus(then, now))
    come.push(...minus(now, then))
  }
  return { gone, come }
}

type LinkRow = readonly [tenant: string, from: string, to: string]

function linkRows(tenant: string, id: string, value: unknown): LinkRow[] {
  return Array.isArray(value) ? value.map((to: string) => [tenant, id, to]) : []
}

function withoutLinks(from: LinkRow[], other: LinkRow[]): LinkRow[] {
  const ids = new Set(other.map(([, , to]) => to))
  return from.filter(([, , to]) => !ids.has(to))
}
