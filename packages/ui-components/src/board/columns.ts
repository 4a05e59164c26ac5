import { fieldOf, relatedName } from '../client/record.ts'
import type { Session } from '../client/session.ts'
import type { CrmRecord, FieldView, ObjectView, RecordValues, RelatedRecord } from '../client/types.ts'
import { optionLabel } from '../format/option.ts'

const STAGE = 'stage'
const PIPELINE = 'pipeline'
const AT_MOST = 100

/** A column: an option of a choice, or a stage of the pipeline. */
export interface BoardColumn {
  readonly key: string
  readonly label: string
  readonly outcome: 'open' | 'won' | 'lost' | null
  /** Percent; null where there is none. */
  readonly probability: number | null
  /** Days without progress after which a card is stale. */
  readonly idleLimitDays: number | null
}

/** What a board is laid out by. */
export interface BoardLayout {
  readonly field: FieldView
  readonly columns: readonly BoardColumn[]
  /** Set when the columns are stages. */
  readonly pipelineId: string | null
  readonly pipelines: readonly CrmRecord[]
}

/** The field a board has columns by: the one asked for, else the definition's first, else the first choice. */
export function boardField(object: ObjectView, asked: string | null): FieldView | null {
  const names = [asked, ...(object.boards ?? [])].filter((name) => name !== null)
  const found = names.map((name) => fieldOf(object, name)).find((field) => field !== undefined)
  return found ?? object.fields.find((field) => field.kind === 'choice' && field.layer !== 'system') ?? null
}

/** Reads the columns: options are in the definition, stages are records. */
export async function loadLayout(
  session: Session,
  field: FieldView,
  pipeline: string | null,
  locale: string,
  signal: AbortSignal,
): Promise<BoardLayout> {
  if (field.kind !== 'reference') return { field, columns: choiceColumns(field, locale), pipelineId: null, pipelines: [] }
  const pipelines = field.to === STAGE ? await allOf(session, PIPELINE, {}, signal) : []
  const chosen = pipelines.find((one) => one.id === pipeline) ?? pipelines.find((one) => one.isDefault === true) ?? pipelines[0] ?? null
  const records = await allOf(session, field.to ?? '', chosen ? { pipelineId: chosen.id } : {}, signal)
  return { field, columns: records.map((record) => stageColumn(record, locale)), pipelineId: chosen?.id ?? null, pipelines }
}

/** A pipeline's or stage's name in a language: `nameEn` beside `name`, where there is one. */
export function stageName(record: CrmRecord, locale: string): string {
  return relatedName(record as RelatedRecord, locale)
}

async function allOf(session: Session, object: string, where: RecordValues, signal: AbortSignal): Promise<readonly CrmRecord[]> {
  const { records } = await session.client.find(object, { where, sort: ['order'], limit: AT_MOST }, signal)
  return records
}

function choiceColumns(field: FieldView, locale: string): readonly BoardColumn[] {
  return (field.options ?? [])
    .filter((option) => !option.retired)
    .map(({ value }) => ({ key: value, label: optionLabel(field, value, locale), outcome: null, probability: null, idleLimitDays: null }))
}

function stageColumn(record: CrmRecord, locale: string): BoardColumn {
  const { outcome, probability, idleLimitDays } = record
  return {
    key: record.id,
    label: stageName(record, locale),
    outcome: outcome === 'won' || outcome === 'lost' || outcome === 'open' ? outcome : null,
    probability: typeof probability === 'number' ? probability : null,
    idleLimitDays: typeof idleLimitDays === 'number' && idleLimitDays > 0 ? idleLimitDays : null,
  }
}
