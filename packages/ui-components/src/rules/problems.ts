import { html, nothing, type TemplateResult } from 'lit'
import { icon } from '../icon/icon.ts'
import { idOf } from './control.ts'
import { paramsOf } from './on-save/action-schema.ts'
import type { Writing } from './writing.ts'

/** Everything that is wrong, each line a way to where it is. */
export function renderProblems(writing: Writing): TemplateResult | typeof nothing {
  const { host, problems } = writing
  if (problems.size === 0) return nothing
  const go = (pointer: string) => () => reach(writing, pointer)
  return html`<div class="problems error page-error" part="error" role="alert" tabindex="-1">${icon('warn')}<ul>${[...problems].map(
    ([pointer, message]) => {
      const place = placeName(writing, pointer)
      return html`<li>${place ? html`<button type="button" class="link" part="button" @click=${go(pointer)}>${place}</button>${host.t('colon')}` : nothing}${message}</li>`
    },
  )}</ul></div>`
}

/** Goes to the control, or to the nearest thing around it. */
function reach({ host }: Writing, pointer: string): void {
  for (let path = pointer; path !== ''; path = path.slice(0, path.lastIndexOf('/'))) {
    const found = host.renderRoot.querySelector<HTMLElement>(`#${idOf(path)}, [data-at="${path}"]`)
    if (!found) continue
    found.scrollIntoView({ block: 'center' })
    found.focus()
    return
  }
}

/** Where a pointer leads, in words; empty where it leads nowhere in particular. */
function placeName(writing: Writing, pointer: string): string {
  const { host, draft, object } = writing
  const [area = '', index = '', part = '', at = '', ...rest] = pointer.slice(1).split('/')
  if (area === 'label') return host.t(index === 'en' ? 'rules.label.en' : 'rules.label.zh')
  if (area === 'name') return host.t('rules.id')
  if (area === 'object') return host.t('rules.object')
  if (area === 'on' || area === 'fields') return host.t('rules.save.when')
  if (area === 'into') return host.t('rules.save.into')
  const rule = draft.rules[Number(index)]
  if (area !== 'rules' || !rule || index === '') return ''
  const several = draft.rules.length > 1 ? [host.t('rules.rule', { number: Number(index) + 1 })] : []
  const join = (...names: readonly string[]) => [...several, ...names].filter(Boolean).join(' · ')
  if (part === 'when') return join(host.t('rules.when'))
  if (part === 'because') return join(host.t('rules.because'))
  if (part === 'set' || part === 'sets') return join(host.t('rules.set'))
  if (part !== 'do') return join()
  const action = rule.actions[Number(at)]
  if (!action || at === '') return join(host.t('rules.save.does'))
  const spec = writing.actions.get(action.action)
  const [, name = '', field = ''] = rest
  const param = spec && paramsOf(spec).find((one) => one.name === name)
  const locale = field === 'zh-CN' ? host.t('rules.chinese') : field === 'en' ? host.t('rules.english') : ''
  const inside = host.words(object?.fields.find((one) => one.name === field)?.label)
  return join(writing.actionName(action.action), param ? host.words(param.label) : '', locale || inside)
}
