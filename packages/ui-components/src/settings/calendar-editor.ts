import { html, nothing, type TemplateResult } from 'lit'
import { renderButton } from '../display/button.ts'
import type { CrmElement } from '../element/crm-element.ts'
import { icon } from '../icon/icon.ts'
import { dayText, type Hours, type OfficialYear, type Weekday, type Workday, weekdayName, weekdays } from './calendar-value.ts'

/** A part of a calendar being changed. */
interface Part<T> {
  readonly host: CrmElement
  readonly disabled: boolean
  readonly value: T
  change(value: T): void
}

const office = ['09:00-12:00', '13:30-18:00']
const workweek: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri']

/** Weekly hours: a line per weekday with its spans. */
export function renderHours(part: Part<Hours>): TemplateResult {
  const { host, value, change, disabled } = part
  const first = workweek.find((day) => value[day]?.length)
  const copy = (): void => {
    const spans = (first && value[first]) ?? office
    change({ ...value, ...Object.fromEntries(workweek.map((day) => [day, spans])) })
  }
  return html`<div class="week">
    ${weekdays.map((day) => renderWeekday(part, day))}
    ${disabled ? nothing : renderButton({ label: host.t('settings.hours.copy'), look: 'sm ghost', run: copy })}
  </div>`
}

function renderWeekday({ host, value, change, disabled }: Part<Hours>, day: Weekday): TemplateResult {
  const name = weekdayName(day, host.language)
  const set = (spans: readonly string[]): void => {
    const { [day]: _, ...others } = value
    change(spans.length > 0 ? { ...others, [day]: spans } : others)
  }
  return html`<div class="weekday"><b>${name}</b>${renderSpans({ host, disabled, value: value[day] ?? [], change: set }, name)}</div>`
}

/** Spans of one day. A text box, because a time box knows no 24:00. */
function renderSpans({ host, value, change, disabled }: Part<readonly string[]>, day: string): TemplateResult {
  const set = (index: number, side: 0 | 1, event: Event): void => {
    const text = (event.target as HTMLInputElement).value.trim()
    const time = /^\d:/.test(text) ? `0${text}` : text
    change(value.map((span, at) => (at === index ? (side === 0 ? `${time}-${end(span)}` : `${begin(span)}-${time}`) : span)))
  }
  const box = (index: number, side: 0 | 1, text: string, label: string): TemplateResult =>
    html`<input class="input time" type="text" inputmode="numeric" maxlength="5" placeholder="09:00" aria-label=${label} ?disabled=${disabled}
      .value=${text} @change=${(event: Event) => set(index, side, event)} />`
  const remove = (index: number) => ({
    label: host.t('settings.hours.remove', { day, index: index + 1 }),
    icon: 'close' as const,
    look: 'ghost sm',
    bare: true,
    run: () => change(value.filter((_, at) => at !== index)),
  })
  const add = {
    label: host.t('settings.hours.add', { day }),
    icon: 'plus',
    look: 'ghost sm',
    bare: true,
    run: () => change(value.length === 0 ? office : [...value, `${end(value.at(-1) ?? '')}-24:00`]),
  } as const
  return html`<span class="spans">
    ${value.length === 0 ? html`<span class="dim">${host.t('settings.hours.free')}</span>` : nothing}
    ${value.map(
      (span, index) =>
        html`<span class="span">${box(index, 0, begin(span), host.t('settings.hours.from', { day, index: index + 1 }))}–${box(
          index,
          1,
          end(span),
          host.t('settings.hours.to', { day, index: index + 1 }),
        )}${disabled ? nothing : renderButton(remove(index))}</span>`,
    )}
    ${disabled ? nothing : renderButton(add)}
  </span>`
}

const begin = (span: string): string => span.split('-')[0] ?? ''
const end = (span: string): string => span.split('-')[1] ?? ''

/** Days, each to be taken away, and a box to add one. */
export function renderDates({ host, value, change, disabled }: Part<readonly string[]>, id: string): TemplateResult {
  return html`<div class="stack">
    <ul class="days">${value.map((date) => html`<li class="tag">${dayText(date, host.language)}${renderRemove(host, disabled, date, () => change(value.filter((one) => one !== date)))}</li>`)}</ul>
    ${disabled ? nothing : renderAdd(host, id, (date) => change([...new Set([...value, date])].sort()))}
  </div>`
}

/** Extra workdays, each with hours of its own or those of a normal day. */
export function renderWorkdays({ host, value, change, disabled }: Part<readonly Workday[]>, id: string): TemplateResult {
  const put = (day: Workday): void =>
    change([...value.filter(({ date }) => date !== day.date), day].sort((a, b) => (a.date < b.date ? -1 : 1)))
  const line = (day: Workday): TemplateResult => {
    const name = dayText(day.date, host.language)
    const normal = (event: Event): void =>
      put({ date: day.date, ...(!(event.target as HTMLInputElement).checked && { hours: ['09:00-12:00', '13:30-18:00'] }) })
    return html`<li class="workday"><b>${name}</b>
      <label class="tick"><input class="check" type="checkbox" .checked=${day.hours === undefined} ?disabled=${disabled} @change=${normal} /><span>${host.t('settings.workday.normal')}</span></label>
      ${day.hours ? renderSpans({ host, disabled, value: day.hours, change: (hours) => put({ date: day.date, hours }) }, name) : nothing}
      ${renderRemove(host, disabled, day.date, () => change(value.filter(({ date }) => date !== day.date)), true)}
    </li>`
  }
  return html`<div class="stack"><ul class="stack-6">${value.map(line)}</ul>
    ${disabled ? nothing : renderAdd(host, id, (date) => value.some((one) => one.date === date) || put({ date }))}</div>`
}

/** Official years: what an authority published. */
export function renderYears(part: Part<readonly OfficialYear[]>): TemplateResult {
  const { host, value, change, disabled } = part
  const add = (): void => {
    const year = Math.max(new Date(host.session.now()).getFullYear(), ...value.map((one) => one.year)) + (value.length > 0 ? 1 : 0)
    change([...value, { region: value[0]?.region ?? 'CN', year, state: 'published', source: '', holidays: [], extraWorkdays: [] }])
  }
  return html`<div class="stack">${value.map((_, index) => renderYear(part, index))}
    ${disabled ? nothing : renderButton({ label: host.t('settings.years.add'), icon: 'plus', look: 'sm', run: add })}</div>`
}

function renderYear({ host, value, change, disabled }: Part<readonly OfficialYear[]>, index: number): TemplateResult | typeof nothing {
  const year = value[index]
  if (!year) return nothing
  const put = (patch: Partial<OfficialYear>): void => change(value.map((one, at) => (at === index ? { ...one, ...patch } : one)))
  const text = (event: Event): string => (event.target as HTMLInputElement).value.trim()
  const name = `${year.region} ${year.year}`
  const parts = { host, disabled }
  const remove = {
    label: host.t('settings.years.remove', { name }),
    icon: 'trash',
    look: 'ghost sm',
    bare: true,
    run: () => change(value.filter((_, at) => at !== index)),
  } as const
  return html`<fieldset class="year"><legend class="row"><b>${name}</b>${disabled ? nothing : renderButton(remove)}</legend>
    <div class="year-head">
      <label class="pair"><span class="pair-label">${host.t('settings.years.region')}</span><input class="input" maxlength="2" .value=${year.region} ?disabled=${disabled} @change=${(event: Event) => put({ region: text(event).toUpperCase() })} /></label>
      <label class="pair"><span class="pair-label">${host.t('settings.years.year')}</span><input class="input num" type="number" .value=${String(year.year)} ?disabled=${disabled} @change=${(event: Event) => put({ year: Number(text(event)) })} /></label>
      <label class="pair"><span class="pair-label">${host.t('settings.years.state')}</span><select class="select" ?disabled=${disabled} @change=${(event: Event) => put({ state: text(event) })}>
        ${(['published', 'statutory'] as const).map((state) => html`<option value=${state} ?selected=${state === year.state}>${host.t(`settings.years.${state}`)}</option>`)}</select></label>
    </div>
    <label class="pair"><span class="pair-label">${host.t('settings.years.source')}</span><input class="input" .value=${year.source} ?disabled=${disabled} @change=${(event: Event) => put({ source: text(event) })} /></label>
    <span class="pair-label">${host.t('settings.years.holidays')}</span>${renderDates({ ...parts, value: year.holidays, change: (holidays) => put({ holidays }) }, `${name} off`)}
    <span class="pair-label">${host.t('settings.years.workdays')}</span>${renderWorkdays({ ...parts, value: year.extraWorkdays, change: (extraWorkdays) => put({ extraWorkdays }) }, `${name} on`)}
  </fieldset>`
}

function renderRemove(
  host: CrmElement,
  disabled: boolean,
  date: string,
  remove: () => void,
  isButton = false,
): TemplateResult | typeof nothing {
  if (disabled) return nothing
  const label = host.t('settings.day.remove', { name: dayText(date, host.language) })
  if (isButton) return renderButton({ label, icon: 'close', look: 'ghost sm', bare: true, run: remove })
  return html`<button type="button" aria-label=${label} @click=${remove}>${icon('close')}</button>`
}

/** A day is added by the button or Enter, so that typing a year is not taken for a day. */
function renderAdd(host: CrmElement, id: string, add: (date: string) => unknown): TemplateResult {
  const take = (event: Event): void => {
    const box = (event.currentTarget as HTMLElement).closest('.add-day')?.querySelector('input')
    if (box?.value) add(box.value)
    if (box) box.value = ''
  }
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    take(event)
  }
  return html`<span class="row add-day"><input class="input" type="date" data-day=${id} aria-label=${host.t('settings.day')} @keydown=${onKeydown} />
    ${renderButton({ label: host.t('settings.day.add'), icon: 'plus', look: 'sm', run: take })}</span>`
}
