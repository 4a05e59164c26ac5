import type { DeciderPreview } from '@guanxi/core/types'
import { nothing, type TemplateResult } from 'lit'
import { html } from 'lit/static-html.js'
import { renderButton } from '../display/button.ts'
import { tagOf } from '../element/tag.ts'
import { icon } from '../icon/icon.ts'
import type { AskedStep } from './life-cycle.ts'
import type { Place } from './place.ts'
import { renderBreaches, renderFigures, renderSample, renderShares } from './preview.ts'
import type { RulePage } from './rule-page.ts'

/** A step is said in plain words before it is taken. */
export function renderStep(page: RulePage, asked: AskedStep): TemplateResult {
  const { host, decider, steps, newest } = page
  const { to } = asked
  const before = steps[1]
  const title =
    to === decider?.stage ? host.t('rules.to.same', { version: newest }) : host.t(to === 'pilot' ? 'rules.pilot.start' : `rules.to.${to}`)
  const backTo = before
    ? host.t('rules.back.to', { stage: host.t(`rules.stage.${before.stage}`), version: before.version })
    : host.t('rules.back.off')
  const text =
    to === 'back'
      ? backTo
      : `${host.t(page.isOnSave ? `rules.save.does.${to}` : `rules.does.${to}`)} ${to === 'off' ? '' : host.t('rules.takes', { version: newest })}`
  const note = (event: Event) => {
    asked.note = (event.target as HTMLInputElement).value
  }
  const filter = tagOf(host, 'filter')
  const narrowed = (event: CustomEvent<{ readonly value: AskedStep['pilot'] }>) => {
    event.stopPropagation()
    asked.pilot = event.detail.value
    asked.error = ''
    host.requestUpdate()
  }
  return frame(
    page,
    title,
    () => page.life.ask(null),
    () => page.life.step(),
    html`<p>${text}</p>
      ${
        to === 'pilot'
          ? html`<div class="pilot" @crm-load=${stop} @crm-error=${stop}><p class="label" id="pilot-label">${host.t('rules.pilot')}</p>
            <${filter} data-first preview brief src=${host.src} object=${page.writing.draft.object} .locale=${host.language} .value=${asked.pilot} @crm-change=${narrowed}><span slot="title">${host.t('rules.pilot.part')}</span></${filter}></div>`
          : nothing
      }
      <label class="control"><span class="label" part="label">${host.t('rules.note')}<span class="opt">${host.t('rules.optional')}</span></span>
        <input class="input" maxlength="200" data-first=${to === 'pilot' ? nothing : ''} .value=${asked.note} @input=${note} /></label>
      <p class="error" part="error" role="alert">${asked.error ? html`${icon('warn')}<span>${asked.error}</span>` : nothing}</p>`,
    { label: title, busy: page.busy === 'step' },
  )
}

/** The run was stopped: the numbers, and a button that names them. */
export function renderConfirm(page: RulePage, preview: DeciderPreview): TemplateResult {
  const { host } = page
  const close = () => {
    page.runs.confirm = null
    host.requestUpdate()
  }
  return frame(
    page,
    host.t('rules.confirm.title'),
    close,
    () => page.runs.run(preview.token),
    renderNumbers(page, preview),
    { label: host.t('rules.confirm.run', { count: preview.affected }), busy: page.busy === 'run', look: 'danger' },
    true,
  )
}

/** What a run that was stopped would do. */
export const renderNumbers = (page: Place, preview: DeciderPreview): TemplateResult =>
  html`<div class="banner banner-warning" role="alert">${icon('warn')}<div class="grow"><b>${page.host.t('rules.confirm.text')}</b>${renderBreaches(page, preview)}</div></div>
      ${renderFigures(page, preview)}${renderShares(page, preview)}${renderSample(page, preview)}`

interface Done {
  readonly label: string
  readonly busy: boolean
  readonly look?: string
}

/** A dialog with a sentence, controls and one thing to do. */
export function frame(
  page: Pick<Place, 'host'>,
  title: string,
  close: () => void,
  done: () => unknown,
  body: TemplateResult,
  act: Done,
  isWide = false,
): TemplateResult {
  const { host } = page
  const submit = (event: Event) => {
    event.preventDefault()
    void done()
  }
  const shut = { label: host.t('close'), icon: 'close', look: 'ghost', bare: true, run: close } as const
  return html`<dialog class="ask ${isWide ? 'is-wide' : ''}" part="dialog" aria-labelledby="ask-title" @close=${(event: Event) => event.target === event.currentTarget && close()}>
    <form class="ask-form" novalidate @submit=${submit}>
      <div class="ask-head"><h3 id="ask-title" class="title">${title}</h3>${renderButton(shut)}</div>
      <div class="ask-body">${body}</div>
      <div class="ask-foot"><span class="grow"></span>${renderButton({ label: host.t('cancel'), run: close })}
        ${renderButton({ label: act.label, look: act.look ?? 'primary', submits: true, busy: act.busy })}</div>
    </form></dialog>`
}

const stop = (event: Event): void => event.stopPropagation()
