import type { Crm } from '@guanxi/core'
import { seller, stranger } from './people.ts'
import { benchLead, subject } from './subject.ts'

/** Makes sure that what is measured does its work: it validates, runs the hook, locks, and refuses strangers. */
export async function proveWork(crm: Crm): Promise<void> {
  const leads = crm.as(seller).records(benchLead)
  const stored = await leads.create({ ...subject(1), score: 80 })
  if (stored.grade !== 'a') throw new Error('The hook did not run.')
  await refused('a value out of range', leads.create({ ...subject(1), score: 101 }))
  await refused('an option that is none', leads.create({ ...subject(1), source: 'nowhere' as 'web' }))
  await refused('an old version', leads.update({ id: stored.id, version: 7 }, { score: 1 }))
  await refused('a stranger', crm.as(stranger).records(benchLead).get(stored.id))
}

async function refused(what: string, work: Promise<unknown>): Promise<void> {
  const wasRefused = await work.then(
    () => false,
    () => true,
  )
  if (!wasRefused) throw new Error(`Not refused: ${what}.`)
}
