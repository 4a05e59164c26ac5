import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { SettingView } from '../client/settings-types.ts'
import type { CrmElement } from '../element/crm-element.ts'
import { renderDates, renderHours, renderWorkdays, renderYears } from './calendar-editor.ts'
import type { Hours, OfficialYear, Workday } from './calendar-value.ts'
import { type MessageText, renderMessageText } from './message-editor.ts'

/** A value being changed. `undefined` stands for something that is not complete. */
export interface Editing {
  readonly host: CrmElement
  readonly setting: SettingView
  readonly value: unknown
  readonly disabled: boolean
  readonly isWrong: boolean
  change(value: unknown): void
}

const units = ['m', 'h', 'wm', 'wh', 'd', 'wd'] as const

/** The control of a setting, by what it holds. */
export function renderEditor(editing: Editing): TemplateResult {
  const { host, value, change, disabled } = editing
  const parts = { host, disabled }
  switch (editing.setting.type) {
    case 'integer':
      return renderNumber(editing, 1)
    case 'percent':
      return renderNumber(editing, 100)
    case 'boolean':
      return renderBoolean(editing)
    case 'choice':
      return renderChoice(editing)
    case 'choices':
      return renderChoices(editing)
    case 'duration':
      return renderDuration(editing)
    case 'time':
      return renderText(editing, 'time')
    case 'hours':
      return renderHours({ ...parts, value: (value ?? {}) as Hours, change })
    case 'dates':
      return renderDates({ ...parts, value: (value ?? []) as readonly string[], change }, editing.setting.key)
    case 'workdays':
      return renderWorkdays({ ...parts, value: (value ?? []) as readonly Workday[], change }, editing.setting.key)
    case 'years':
      return renderYears({ ...parts, value: (value ?? []) as readonly OfficialYear[], change })
    case 'message':
      return renderMessageText({ ...parts, value: (value ?? {}) as MessageText, facts: Object.keys(editing.setting.data ?? {}), change })
    default:
      return renderText(editing, 'text')
  }
}

const invalid = ({ isWrong }: Editing): string | typeof nothing => (isWrong ? 'true' : nothing)

/** Percentages are shown as such and kept in basis points. */
function renderNumber(editing: Editing, scale: number): TemplateResult {
  const { setting, value, disabled, host } = editing
  const change = (event: Event): void => {
    const text = (event.target as HTMLInputElement).value.trim()
    const number = Math.round(Number(text) * scale)
    editing.change(text === '' || !Number.isSafeInteger(number) || (scale === 1 && !/^-?\d+$/.test(text)) ? undefined : number)
  }
  const bound = (limit: number | undefined): number | typeof nothing => (limit === undefined ? nothing : limit / scale)
  const control = html`<input class="input num" type="number" step=${scale === 1 ? 1 : 0.01} inputmode="decimal" data-first
    aria-label=${host.words(setting.label)} aria-describedby="edit-problem" aria-invalid=${invalid(editing)} ?disabled=${disabled}
    min=${bound(setting.minimum)} max=${bound(setting.maximum)}
    .value=${typeof value === 'number' ? String(value / scale) : ''} @input=${change} />`
  return scale === 1 ? control : html`<span class="box narrow">${control}<span class="affix">%</span></span>`
}

function renderBoolean({ host, setting, value, disabled, change }: Editing): TemplateResult {
  return html`<label class="row"><input class="switch" type="checkbox" role="switch" data-first .checked=${live(value === true)}
    ?disabled=${disabled} aria-label=${host.words(setting.label)} @change=${(event: Event) => change((event.target as HTMLInputElement).checked)} />
    <span>${host.t(value === true ? 'yes' : 'no')}</span></label>`
}

function renderChoice(editing: Editing): TemplateResult {
  const { host, setting, value, disabled } = editing
  return html`<select class="select" data-first aria-label=${host.words(setting.label)} aria-describedby="edit-problem" ?disabled=${disabled}
    @change=${(event: Event) => editing.change((event.target as HTMLSelectElement).value)}
    >${setting.options?.map((option) => html`<option value=${option.value} ?selected=${option.value === value}>${host.words(option.label)}</option>`)}</select>`
}

function renderChoices({ host, setting, value, disabled, change }: Editing): TemplateResult {
  const chosen = new Set(Array.isArray(value) ? value : [])
  const toggle = (one: string): void => {
    if (!chosen.delete(one)) chosen.add(one)
    change((setting.options ?? []).map((option) => option.value).filter((option) => chosen.has(option)))
  }
  return html`<fieldset class="picks"><legend class="sr">${host.words(setting.label)}</legend>${setting.options?.map(
    (option) => html`<label class="pick"><input type="checkbox" ?disabled=${disabled} .checked=${live(chosen.has(option.value))}
      @change=${() => toggle(option.value)} /><span>${host.words(option.label)}</span></label>`,
  )}</fieldset>`
}

function renderDuration(editing: Editing): TemplateResult {
  const { host, value, disabled } = editing
  const [, amount = '', unit = 'd'] = /^(\d*)([a-z]+)$/.exec(typeof value === 'string' ? value : '') ?? []
  const set = (nextAmount: string, nextUnit: string): void =>
    editing.change(/^\d{1,7}$/.test(nextAmount) ? `${Number(nextAmount)}${nextUnit}` : undefined)
  const pickedUnit = (event: Event): string =>
    ((event.target as HTMLElement).closest('.pair-row')?.querySelector('select') as HTMLSelectElement | null)?.value ?? unit
  return html`<span class="row pair-row">
    <input class="input num" type="number" min="0" step="1" inputmode="numeric" data-first aria-label=${host.t('settings.amount')}
      aria-describedby="edit-problem" aria-invalid=${invalid(editing)} ?disabled=${disabled} .value=${amount}
      @input=${(event: Event) => set((event.target as HTMLInputElement).value, pickedUnit(event))} />
    <select class="select" aria-label=${host.t('settings.unit')} ?disabled=${disabled}
      @change=${(event: Event) => set(amount, (event.target as HTMLSelectElement).value)}
      >${units.map((one) => html`<option value=${one} ?selected=${one === unit}>${host.t(`settings.unit.${one}`)}</option>`)}</select>
  </span>`
}

function renderText(editing: Editing, type: 'text' | 'time'): TemplateResult {
  const { host, setting, value, disabled } = editing
  const isZone = setting.type === 'zone'
  const offers = isZone ? Intl.supportedValuesOf('timeZone') : []
  return html`<input class="input" type=${type} data-first autocomplete="off" maxlength=${type === 'time' ? nothing : 1_000}
    list=${isZone ? 'zones' : nothing} aria-label=${host.words(setting.label)} aria-describedby="edit-problem" aria-invalid=${invalid(editing)}
    ?disabled=${disabled} .value=${typeof value === 'string' ? value : ''}
    @input=${(event: Event) => editing.change((event.target as HTMLInputElement).value || (type === 'time' || isZone ? undefined : ''))} />
    ${isZone ? html`<datalist id="zones">${offers.map((zone) => html`<option value=${zone}></option>`)}</datalist>` : nothing}`
}
