import type { SettingView } from '../client/settings-types.ts'
import type { CrmElement } from '../element/crm-element.ts'
import { formatNumber } from '../format/number.ts'
import { dayText, type Hours, hoursText, type OfficialYear, type Workday } from './calendar-value.ts'
import type { MessageText } from './message-editor.ts'

const limits: readonly string[] = ['integer', 'percent', 'duration']

/** A setting's value in a few words. */
export function valueText(host: CrmElement, setting: SettingView, value: unknown): string {
  if (value === null || value === undefined) return host.t(limits.includes(setting.type) ? 'settings.unlimited' : 'settings.none')
  const { language } = host
  switch (setting.type) {
    case 'integer':
      return formatNumber(Number(value), language)
    case 'percent':
      return `${formatNumber(Number(value) / 100, language)} %`
    case 'boolean':
      return host.t(value === true ? 'yes' : 'no')
    case 'choice':
      return optionText(host, setting, value)
    case 'choices':
      return listed(
        host,
        (value as readonly unknown[]).map((one) => optionText(host, setting, one)),
      )
    case 'duration':
      return durationText(host, String(value))
    case 'hours':
      return hoursText(value as Hours, language) || host.t('settings.none')
    case 'dates':
      return daysText(host, value as readonly string[])
    case 'workdays':
      return daysText(
        host,
        (value as readonly Workday[]).map(({ date }) => date),
      )
    case 'years':
      return listed(
        host,
        (value as readonly OfficialYear[]).map(({ region, year }) => `${region} ${year}`),
      )
    case 'message': {
      const words = Object.values(value as MessageText)
      const own = (value as MessageText)[language] ?? words[0]
      return own?.title ?? own?.body ?? host.t('settings.none')
    }
    default:
      return String(value)
  }
}

/** `2wh` as two working hours. */
function durationText(host: CrmElement, text: string): string {
  const match = /^(\d+)(m|h|wm|wh|d|wd)$/.exec(text)
  return match ? `${formatNumber(Number(match[1]), host.language)} ${host.t(`settings.unit.${match[2] as 'm'}`)}` : text
}

function optionText(host: CrmElement, { options = [] }: SettingView, value: unknown): string {
  const option = options.find((one) => one.value === value)
  return option ? host.words(option.label) : String(value)
}

function daysText(host: CrmElement, dates: readonly string[]): string {
  return dates.length > 3
    ? host.t('settings.days', { count: dates.length })
    : listed(
        host,
        dates.map((date) => dayText(date, host.language)),
      )
}

function listed(host: CrmElement, parts: readonly string[]): string {
  return parts.length > 0 ? parts.join(host.t('list.separator')) : host.t('settings.none')
}
