import { optionLabel } from '../format/option.ts'
import { formatValue } from '../format/value.ts'
import type { MessageKey } from '../messages/messages.ts'
import type { FilterView } from './filter-view.ts'
import { type Comparison, isOfPlugin, type OwnComparison } from './model/comparisons.ts'
import { type Compared, comparedOf, findField, inside, type Source } from './model/fields.ts'
import { needed, operatorOfPlugin, takenBy } from './model/plugin-operators.ts'
import type { Condition, FigureSubject, Group, Kept, Length, Operand, Part, Rows, Subject } from './model/tree.ts'

/** The whole condition as one sentence, in the words of its controls. */
export function sayTree(view: FilterView, source: Source, root: Group): string {
  const { host } = view
  const words = sayGroup(view, source, root)
  if (words === '') return `${host.t('cond.say.all.records', { name: host.noun(source.object.pluralLabel) })}${host.t('cond.say.end')}`
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${host.t('cond.say.end')}`
}

function sayGroup(view: FilterView, source: Source, { match, parts }: Group): string {
  const said = parts.filter((part) => !view.checks.isUnfinished(part.id)).map((part) => sayPart(view, source, part))
  const joined = said.map((words, index) => (isSeveral(parts[index]) && said.length > 1 ? bracketed(view, words) : words))
  if (joined.length === 0) return ''
  if (match === 'none') return view.host.t('cond.say.none', { parts: joined.join(view.host.t('list.separator')) })
  if (match === 'notAll') return view.host.t('cond.say.notAll', { parts: joined.join(view.host.t('list.separator')) })
  return joined.join(view.host.t(match === 'all' ? 'cond.say.and' : 'cond.say.or'))
}

const isSeveral = (part: Part | undefined): boolean => part?.is === 'group' && part.parts.length > 1

const bracketed = (view: FilterView, words: string): string => (view.host.language === 'en' ? `(${words})` : `（${words}）`)

/** One part in words. */
export function sayPart(view: FilterView, source: Source, part: Part): string {
  switch (part.is) {
    case 'group':
      return sayGroup(view, source, part)
    case 'rows':
      return sayRows(view, source, part)
    case 'condition':
      return sayCondition(view, source, part)
    case 'kept':
      return sayKept(view, source, part)
  }
}

const sayKept = (view: FilterView, source: Source, { logic }: Kept): string => view.kept.sayLogic(source, logic)

function sayRows(view: FilterView, source: Source, { quantifier, path, where }: Rows): string {
  const { host } = view
  const key = { some: 'cond.say.some', none: 'cond.say.no', all: 'cond.say.all' } as const
  return host.t(key[quantifier], { rows: sayPath(view, source, path) }) + sayInside(view, source, path, where)
}

function sayInside(view: FilterView, source: Source, path: string, where: Group): string {
  const within = inside(source, path)
  const words = within ? sayGroup(view, within, where) : ''
  return words === '' ? '' : view.host.t('cond.say.inside', { where: words })
}

function sayCondition(view: FilterView, source: Source, condition: Condition): string {
  const { subject, comparison, value } = condition
  const compared = comparedOf(source, subject)
  const name = saySubject(view, source, subject)
  if (!compared) return name
  const operand = needed(source, comparison) === 'nothing' ? '' : sayOperand(view, source, takenBy(source, comparison, compared), value)
  if (isOfPlugin(comparison))
    return pluginTemplate(view, source, comparison)
      .replace('{0}', () => name)
      .replace('{1}', () => operand)
  const words = [name, view.host.t(comparisonKey(comparison, compared))]
  if (operand !== '') words.push(operand)
  // Chinese needs no space between its own words; numbers and Latin get theirs from the text-autospace of the page.
  return words.join(' ')
}

/** What is looked at, in words. */
export function saySubject(view: FilterView, source: Source, subject: Subject): string {
  return subject.is === 'field' ? sayPath(view, source, subject.path) : sayFigure(view, source, subject)
}

function sayFigure(view: FilterView, source: Source, { fn, path, of, where }: FigureSubject): string {
  const within = inside(source, path)
  const field = within && of !== null ? sayPath(view, within, of) : ''
  return view.host.t(`cond.say.${fn}`, { rows: sayPath(view, source, path), field }) + sayInside(view, source, path, where)
}

/** A path in the words of the definition; as it is written where the definition knows nothing of it. */
export function sayPath(view: FilterView, source: Source, path: string): string {
  const found = findField(source, path)
  if (!found) return path
  return [...found.hops, found.field].map(({ label, name }) => view.host.words(label) || name).join(' › ')
}

/** What a plugin says of its operator, or of that it does not hold. */
function pluginTemplate({ host }: FilterView, source: Source, comparison: Comparison): string {
  const operator = operatorOfPlugin(source, comparison)
  return host.words(comparison.startsWith('!') ? operator?.denied : operator?.words) || comparison
}

/** What a comparison is called: of a plugin what it says without its operands. */
export function sayComparison(view: FilterView, source: Source, comparison: Comparison, compared: Compared): string {
  if (!isOfPlugin(comparison)) return view.host.t(comparisonKey(comparison, compared))
  const said = pluginTemplate(view, source, comparison).replace('{0}', '').replace('{1}', '…')
  return said.trim().replace(/ ?…$/, '')
}

/** Times have words of their own. */
function comparisonKey(comparison: OwnComparison, { cls }: Compared): MessageKey {
  const isTime = cls === 'date' || cls === 'instant'
  return isTime && /^(less|atMost|more|atLeast)$/.test(comparison) ? (`cond.is.${comparison}.time` as MessageKey) : `cond.is.${comparison}`
}

/** What is compared with, in words. */
export function sayOperand(view: FilterView, source: Source, compared: Compared, operand: Operand): string {
  const { host } = view
  switch (operand.is) {
    case 'nothing':
      return ''
    case 'constant':
      return sayConstant(view, compared, operand.value)
    case 'list':
      return operand.values.map((one) => sayConstant(view, compared, one)).join(host.t('list.separator'))
    case 'field':
      return sayPath(view, source, operand.path)
    case 'now':
      return host.t(compared.cls === 'date' ? 'cond.at.today' : 'cond.at.now')
    case 'ago':
    case 'fromNow':
      return host.t(`cond.${operand.is}`, { length: sayLength(view, operand.length) })
    case 'startOf':
      return host.t('cond.start', { period: host.t(periodKey(operand.period, operand.later)) })
    case 'length':
      return sayLength(view, operand.length)
    case 'period':
      return host.t(periodKey(operand.period, operand.later))
    case 'pair':
      return `${sayOperand(view, source, compared, operand.from)} ${host.t('cond.until')} ${sayOperand(view, source, compared, operand.to)}`
  }
}

export const periodKey = (period: string, later: number): MessageKey => `cond.period.${period}.${later}` as MessageKey

/** A length with its unit in the right number. */
export function sayLength({ host }: FilterView, { count, unit }: Length): string {
  const number = count ?? 0
  return `${number.toLocaleString(host.language)} ${host.t(`cond.unit.${unit}`, { count: number })}`
}

function sayConstant(view: FilterView, { cls, field }: Compared, value: unknown): string {
  if (value === null || value === undefined) return '…'
  if (cls === 'choice' || cls === 'codes') return optionLabel(field, String(value), view.host.language)
  if (cls === 'person' || cls === 'reference' || cls === 'links') return view.names.nameOf(String(value))
  if (cls === 'yesNo') return view.host.t(value === true ? 'yes' : 'no')
  if (cls === 'text' || cls === 'team') return view.host.language === 'en' ? `“${value}”` : `「${value}」`
  return formatValue(field, field.kind === 'decimal' ? String(value) : value, view.reading)
}
