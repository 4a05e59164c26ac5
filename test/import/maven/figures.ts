import type { Session } from '@guanxi/core'
import { deal, product, stage } from '@guanxi/core/standard'

type Figures = Record<string, number>

/** Deals by the English name of their stage. */
export async function dealsByStage(session: Session): Promise<Figures> {
  const names = await stageNames(session)
  const rows = await session.records(deal).aggregate({ group: ['stageId'], measures: ['count'] })
  return Object.fromEntries(rows.map(({ group, values }) => [names.get(String(group.stageId)) ?? '', Number(values.count)]))
}

export async function stageNames(session: Session): Promise<Map<string, string>> {
  const { records } = await session.records(stage).find({ limit: 100 })
  return new Map(records.map(({ id, nameEn }) => [id, nameEn ?? '']))
}

/** Won dollars and deals by the agent's name. */
export async function wonByAgent(session: Session): Promise<Map<string, { dollars: number; won: number; lost: number }>> {
  const people = new Map((await session.directory.people({ limit: 1000 })).map(({ id, name }) => [id, name]))
  const figures = new Map<string, { dollars: number; won: number; lost: number }>()
  const rows = await session.records(deal).aggregate({ group: ['ownerId', 'status'], measures: ['count', 'sum:amount'], limit: 1000 })
  for (const { group, values } of rows) {
    const name = people.get(String(group.ownerId)) ?? ''
    const known = figures.get(name) ?? { dollars: 0, won: 0, lost: 0 }
    if (group.status === 'won') Object.assign(known, { dollars: Number(values['sum:amount']) / 100, won: Number(values.count) })
    if (group.status === 'lost') known.lost = Number(values.count)
    figures.set(name, known)
  }
  return figures
}

/** Won dollars by the agents' team, and by the team above it. */
export async function wonByTeam(session: Session): Promise<{ managers: Figures; offices: Figures }> {
  const teams = new Map((await session.directory.teams()).map((team) => [team.id, team]))
  const people = await session.directory.people({ limit: 1000 })
  const teamOf = new Map(people.map(({ name, teamIds }) => [name, teams.get(teamIds[0] ?? '')]))
  const managers: Figures = {}
  const offices: Figures = {}
  for (const [name, { dollars }] of await wonByAgent(session)) {
    const team = teamOf.get(name)
    const office = teams.get(team?.parentId ?? '')?.name ?? ''
    managers[team?.name ?? ''] = (managers[team?.name ?? ''] ?? 0) + dollars
    offices[office] = (offices[office] ?? 0) + dollars
  }
  return { managers, offices }
}

/** Won dollars by product. */
export async function wonByProduct(session: Session): Promise<Figures> {
  const { records } = await session.records(product).find({ limit: 100 })
  const figures: Figures = {}
  for (const { id, name } of records) {
    const where = { status: 'won', productIds: { hasAny: [id] } } as const
    const [row] = await session.records(deal).aggregate({ where, measures: ['sum:amount'] })
    figures[name] = Number(row?.values['sum:amount'] ?? 0) / 100
  }
  return figures
}

/** Days from the first day to the last of each deal of a status, in order. */
export async function daysToClose(session: Session, status: 'won' | 'lost'): Promise<number[]> {
  const days: number[] = []
  let cursor: string | undefined
  do {
    const page = await session.records(deal).find({ where: { status }, limit: 500, ...(cursor !== undefined && { cursor }) })
    for (const { createdAt, closedAt } of page.records) days.push((Number(closedAt) - createdAt) / 86_400_000)
    cursor = page.cursor ?? undefined
  } while (cursor !== undefined)
  return days.sort((a, b) => a - b)
}

/** Deals by stage as they were at a moment, from the change log alone. */
export async function stagesAsOf(session: Session, at: number): Promise<Figures> {
  const names = await stageNames(session)
  const figures: Figures = {}
  const count = async (id: string): Promise<void> => {
    const { entries } = await session.records(deal).changes(id)
    const known = entries.filter((entry) => entry.at <= at).find(({ values }) => values?.stageId)
    const name = names.get(String(known?.values?.stageId?.[1] ?? ''))
    if (name) figures[name] = (figures[name] ?? 0) + 1
  }
  let cursor: string | undefined
  do {
    const page = await session.records(deal).find({ fields: ['status'], limit: 500, ...(cursor !== undefined && { cursor }) })
    await Promise.all(page.records.map(({ id }) => count(id)))
    cursor = page.cursor ?? undefined
  } while (cursor !== undefined)
  return figures
}
