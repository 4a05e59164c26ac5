import { html, nothing, type TemplateResult } from 'lit'
import { renderButton } from '../display/button.ts'
import { icon } from '../icon/icon.ts'
import { reasonOf } from '../state/state-view.ts'
import type { ImportView, Step } from './import-view.ts'

const steps: readonly Step[] = ['files', 'mapping', 'rehearsal', 'job']

/** The heading, where the reader is, and what could not be done. */
export function renderHead(view: ImportView): TemplateResult {
  const at = steps.indexOf(view.step)
  const again = { label: view.t('import.again'), icon: 'plus', run: () => view.startOver() } as const
  return html`<div class="head">
      <slot name="title"><h2 class="title">${view.t('import.title')}</h2></slot>
      <span class="grow"></span>${view.step === 'job' ? renderButton(again) : nothing}
    </div>
    <ol class="steps" part="steps" aria-label=${view.t('import.steps')}>${steps.map((step, index) => renderStep(view, step, index, at))}</ol>
    ${view.problem ? renderProblem(view) : nothing}`
}

function renderStep(view: ImportView, step: Step, index: number, at: number): TemplateResult {
  const done = index < at || (step === 'job' && view.job.view?.job.state === 'done')
  const current = index === at
  const label = html`<span class="step-mark" aria-hidden="true">${done ? icon('check') : index + 1}</span><span class="step-name">${view.t(`import.step.${step}`)}</span>`
  const canGoBack = index < at && view.step !== 'job' && !view.rehearsal.isRunning
  const goBack = (): void => {
    while (view.step !== step) view.back()
  }
  return html`<li class="step ${done ? 'is-done' : ''} ${current ? 'is-current' : ''}" aria-current=${current ? 'step' : nothing}>
    ${canGoBack ? html`<button type="button" class="step-in" @click=${goBack}>${label}</button>` : html`<span class="step-in">${label}</span>`}
  </li>`
}

function renderProblem(view: ImportView): TemplateResult | typeof nothing {
  const { problem } = view
  if (!problem) return nothing
  return html`<div class="banner banner-danger problem" role="alert">${icon('warn')}<div class="grow">
    <p>${reasonOf(view.host, problem)}</p>${problem.hint ? html`<p class="soft">${problem.hint}</p>` : nothing}
  </div></div>`
}

/** The heading of a step, which the focus goes to when the step is entered. */
export function renderStepTitle(title: string, text: string): TemplateResult {
  return html`<div class="step-head"><h3 class="step-title" tabindex="-1">${title}</h3>${text ? html`<p class="soft">${text}</p>` : nothing}</div>`
}

/** The bar at the foot of a step: back on the left, on to the right. */
export function renderFoot(back: TemplateResult | typeof nothing, note: unknown, on: unknown): TemplateResult {
  return html`<div class="foot" part="actions">${back}<span class="grow foot-note">${note}</span>${on}</div>`
}
