import type { NewRecord } from '@guanxi/core'
import type { Deal } from '@guanxi/core/standard'
import { corrected, dollars } from './corrections.ts'
import type { Row } from './maven-data.ts'

/** Names of the file → ids of the CRM. */
export interface DealIds {
  readonly people: ReadonlyMap<string, string>
  readonly products: ReadonlyMap<string, string>
  readonly customers: ReadonlyMap<string, string>
  readonly stages: ReadonlyMap<string, string>
}

/** A row of the pipeline, put right. */
export interface DealRow {
  readonly row: Row
  readonly product: string
  /** When its stage became true: the close date, else the engage date, ms; null where neither is known. */
  readonly at: number | null
}

/** `GTXPro` is not in the catalogue, which spells it `GTX Pro`. */
export function readDealRow(row: Row, mapped: Record<string, number>): DealRow {
  const day = row.close_date || row.engage_date
  return { row, product: corrected(row.product, 'GTXPro', 'GTX Pro', mapped), at: day ? Date.parse(`${day}T00:00:00Z`) : null }
}

/** The deal as the CRM takes it. An unknown name stops the import: nothing is guessed. */
export function dealAt({ row, product }: DealRow, ids: DealIds): NewRecord<Deal> {
  return {
    name: `${row.account || 'Unnamed account'} · ${product}`,
    customerId: row.account ? found(ids.customers, row.account) : null,
    ownerId: found(ids.people, `${row.sales_agent}`),
    stageId: found(ids.stages, `${row.deal_stage}`),
    productIds: [found(ids.products, product)],
    amount: row.close_value ? dollars(row.close_value) : null,
    closeDate: row.close_date || null,
    // The file does not say why a deal was lost.
    lostReason: row.deal_stage === 'Lost' ? 'other' : null,
    custom: { engagedOn: row.engage_date || null, opportunityId: row.opportunity_id },
  }
}

function found(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`“${name}” is unknown`)
  return id
}
