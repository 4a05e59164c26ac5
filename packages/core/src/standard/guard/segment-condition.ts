import { CrmError } from '../../error/crm-error.ts'
import { check } from '../../hook/hook.ts'
import { readCondition, segment } from '../object/segment.ts'

/** A segment asks something that its object can answer in the database: one that could not be counted is never saved. */
export const segmentCondition = check(
  segment,
  { id: 'segment-condition', on: ['create', 'update'], fields: ['condition', 'object'], reads: ['condition', 'object'], database: true },
  async (change, context) => {
    const { condition, object } = { ...change.previous, ...change.next }
    const where = readCondition(condition)
    if (!where || !object) return change.invalid('condition', 'STANDARD_SEGMENT_CONDITION', { reason: 'JSON {…}', reasonZh: 'JSON {…}' })
    try {
      await context.records(object).find({ where, limit: 1, fields: [] })
    } catch (error) {
      if (!(error instanceof CrmError)) throw error
      if (error.code === 'OBJECT_UNKNOWN') return change.invalid('object', 'STANDARD_SEGMENT_OBJECT', { object })
      change.invalid('condition', 'STANDARD_SEGMENT_CONDITION', reasonsOf(error))
    }
  },
)

function reasonsOf(error: CrmError): Readonly<Record<string, string>> {
  const [en, zh] = [error.toBody('en'), error.toBody('zh-CN')]
  return { reason: `${en.message} (${en.path})`, reasonZh: `${zh.message}（${zh.path}）` }
}
