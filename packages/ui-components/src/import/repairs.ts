import { html, type TemplateResult } from 'lit'
import type { RepairCount } from '../client/import-types.ts'
import { isMoney } from '../client/record.ts'
import { formatInstant } from '../format/date.ts'
import { formatMoney } from '../format/money.ts'
import { asList, optionLabel } from '../format/option.ts'
import { icon } from '../icon/icon.ts'
import type { MessageKey } from '../messages/messages.ts'
import { renderEmpty } from '../state/state-view.ts'
import type { ImportView } from './import-view.ts'
import { zhCN } from './messages/zh-CN.ts'
import { hasOptions, isLink } from './targets.ts'

/** What was put right, by column and kind, with cells before and after. */
export function renderRepairs(view: ImportView, repairs: readonly RepairCount[]): TemplateResult {
  if (repairs.length === 0)
    return html`<section class="panel" part="panel repairs">${renderEmpty('check', view.t('import.repairs.none'), '')}</section>`
  const sorted = [...repairs].sort((a, b) => b.count - a.count)
  const several = new Set(repairs.map(({ file }) => file)).size > 1
  return html`<section class="panel" part="panel repairs" aria-label=${view.t('import.repairs.title')}>
    <ul class="repairs">${sorted.map((repair) => renderRepair(view, repair, several))}</ul>
  </section>`
}

function renderRepair(view: ImportView, { file, column, code, count, examples }: RepairCount, several: boolean): TemplateResult {
  // The same cell in three rows shows no more than it does in one.
  const different = [...new Map(examples.map((example) => [example.original, example])).values()]
  return html`<li class="repair">
    <div class="repair-name"><b>${column}</b><span class="soft">${repairLabel(view, code)}</span><span class="xs dim">${several ? `${file} · ` : ''}${view.t('import.cells', { count })}</span></div>
    <ul class="examples">${different
      .slice(0, 3)
      .map(
        ({ row, original, value }) =>
          html`<li class="mark-line"><del>${original || view.t('import.values.nothing')}</del><span class="dim">${icon('arrow-right')}</span><ins>${shownCell(view, { file, column, original, value })}</ins><span class="xs dim">${view.t('import.row', { row })}</span></li>`,
      )}</ul>
  </li>`
}

/** A cell that was put right. */
interface RepairedCell {
  readonly file: string
  readonly column: string
  readonly original: string
  readonly value: unknown
}

/** What a cell became, as its field shows it; a record by the name that was decided for it. */
export function shownCell(view: ImportView, { file, column, original, value }: RepairedCell): string {
  const source = view.sources.list.find(({ name, file: { name: bare } }) => name === file || bare === file)
  const name = source?.mapping?.columns.find((each) => each.column === column)?.field ?? ''
  const field = view.target(source?.object ?? null)?.fields.find((one) => one.name === name)
  if (field && hasOptions(field))
    return asList(value)
      .map((one) => optionLabel(field, one, view.host.language))
      .join(view.t('list.separator'))
  const decided = source?.mapping?.values?.[name]?.[original]
  return field && isLink(field) && decided ? decided : shownValue(view, value)
}

/** What a kind of repair is called. */
export function repairLabel(view: ImportView, code: string): string {
  const key = `import.repair.${code}`
  return key in zhCN ? view.t(key as MessageKey) : code
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/

/** A value as people read it; ids of records are not shown. */
function shownValue(view: ImportView, value: unknown): string {
  const { language, session } = view.host
  if (value === null || value === undefined || value === '') return view.t('import.values.nothing')
  if (isMoney(value)) return formatMoney(value, language)
  if (Array.isArray(value)) return value.map((one) => shownValue(view, one)).join(view.t('list.separator'))
  if (typeof value === 'boolean') return view.t(value ? 'yes' : 'no')
  // Only instants are numbers as large as that.
  if (typeof value === 'number')
    return Math.abs(value) > 1e11 ? formatInstant(value, language, session.now()) : value.toLocaleString(language)
  const text = String(value)
  return ID.test(text) ? (session.person(text)?.name ?? view.t('import.values.record')) : text
}
