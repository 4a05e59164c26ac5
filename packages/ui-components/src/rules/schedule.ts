import type { DeciderSchedule } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { renderButton } from '../display/button.ts'
import type { CrmElement } from '../element/crm-element.ts'
import { formatInstant } from '../format/date.ts'
import { frame } from './dialogs.ts'
import { type DraftTimes, draftTimes, lengths, week } from './draft-times.ts'
import type { RulePage } from './rule-page.ts'

/** When a rule runs, in words. */
export function scheduleText(host: CrmElement, { times }: DeciderSchedule): string {
  if (times === null) return host.t('rules.schedule.hand')
  if ('every' in times) return host.t('rules.schedule.everyLength', { length: lengthText(host, times.every) })
  const days = times.weekdays && times.weekdays.length < week.length ? times.weekdays.map((day) => dayName(host, day)) : null
  if (times.monthDays) return host.t('rules.schedule.month', { at: times.at, days: times.monthDays.join(host.t('list.separator')) })
  return days
    ? host.t('rules.schedule.days', { at: times.at, days: days.join(host.t('list.separator')) })
    : host.t('rules.schedule.daily', { at: times.at })
}

/** The next time it runs by itself; empty where it does not. */
export function nextText(host: CrmElement, { next }: DeciderSchedule): string {
  const [first] = next
  return first === undefined ? '' : formatInstant(first, host.language, host.session.now())
}

function lengthText({ language }: CrmElement, every: string): string {
  const unit = every.endsWith('h') ? 'hour' : 'minute'
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(Number.parseInt(every, 10))
}

/** Monday 1 to Sunday 7. */
function dayName({ language }: CrmElement, day: number): string {
  return new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day))
}

/** When it runs, and the way to change that. */
export function renderSchedule(page: RulePage, schedule: DeciderSchedule): TemplateResult {
  const { host, mayDefine } = page
  const next = nextText(host, schedule)
  return html`<p class="life-times xs">${scheduleText(host, schedule)}${next ? html` · ${host.t('rules.schedule.next', { when: next })}` : nothing}
    ${mayDefine ? renderButton({ label: host.t('rules.schedule.change'), icon: 'clock', look: 'sm ghost', run: () => page.life.schedule(draftTimes(schedule.times)) }) : nothing}</p>`
}

/** Sets when it runs by itself. */
export function renderTimes(page: RulePage, times: DraftTimes): TemplateResult {
  const { host, decider } = page
  const change = (values: Partial<DraftTimes>) => page.life.schedule({ ...times, ...values })
  const kinds = ['hand', 'every', 'days', ...(times.kept ? (['kept'] as const) : [])] as const
  const kept = decider ? scheduleText(host, decider.schedule) : ''
  return frame(
    page,
    host.t('rules.schedule.title'),
    () => page.life.schedule(null),
    () => page.life.setSchedule(),
    html`<fieldset class="kinds"><legend class="sr">${host.t('rules.schedule.title')}</legend>${kinds.map((kind, index) => html`<label class="kind"><input type="radio" name="kind" ?data-first=${index === 0} .checked=${kind === times.kind} @change=${() => change({ kind })} /><span>${kind === 'kept' ? kept : host.t(`rules.schedule.${kind === 'days' ? 'onDays' : kind}`)}</span></label>`)}</fieldset>
      ${times.kind === 'every' ? renderLength(page, times, change) : nothing}${times.kind === 'days' ? renderDays(page, times, change) : nothing}
      <p class="hint">${host.t('rules.schedule.hint', { zone: decider?.schedule.zone ?? '' })}</p>`,
    { label: host.t('rules.schedule.save'), busy: page.busy === 'step' },
  )
}

type Change = (values: Partial<DraftTimes>) => void

function renderLength({ host }: RulePage, { every }: DraftTimes, change: Change): TemplateResult {
  const offered = [...new Set<string>([...lengths, every])]
  return html`<label class="control"><span class="label" part="label">${host.t('rules.schedule.length')}</span><select class="select" @change=${(event: Event) => change({ every: (event.target as HTMLSelectElement).value })}>${offered.map((one) => html`<option value=${one} ?selected=${one === every}>${lengthText(host, one)}</option>`)}</select></label>`
}

function renderDays({ host }: RulePage, { at, weekdays }: DraftTimes, change: Change): TemplateResult {
  const turn = (day: number) => {
    const others = weekdays.filter((one) => one !== day)
    const days = others.length < weekdays.length ? others : [...weekdays, day].sort()
    if (days.length > 0) change({ weekdays: days })
  }
  return html`<label class="control"><span class="label" part="label">${host.t('rules.schedule.at')}</span><input class="input" type="time" .value=${at} @change=${(event: Event) => change({ at: (event.target as HTMLInputElement).value || at })} /></label>
    <fieldset class="control"><legend class="label">${host.t('rules.schedule.weekdays')}</legend><div class="picks">${week.map((day) => html`<label class="pick"><input type="checkbox" .checked=${weekdays.includes(day)} @change=${() => turn(day)} />${dayName(host, day)}</label>`)}</div></fieldset>`
}
