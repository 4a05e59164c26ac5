import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { renderButton } from '../display/button.ts'
import { formatInstant } from '../format/date.ts'
import { icon, spinner } from '../icon/icon.ts'
import { reasonOf } from '../state/state-view.ts'
import type { Edit } from './edit.ts'
import { renderEditor } from './editor.ts'
import { inheritedBy, placeName, sourceText } from './place.ts'
import { valueText } from './value-text.ts'

const EFFECTS = 40
const limited: readonly string[] = ['integer', 'percent', 'duration']

/** Where a value is changed: the control, whom it reaches, and what somebody else did meanwhile. */
export function renderEdit(edit: Edit): TemplateResult {
  const { view, setting, places, unset } = edit
  const { host } = view
  const name = host.words(setting.label)
  const [place] = places
  const title =
    places.length > 1
      ? host.t('settings.compare.title', { name, count: places.length })
      : `${name} · ${place ? placeName(view, place) : ''}`
  const submit = (event: Event): void => {
    event.preventDefault()
    void (needsPreview(edit) ? edit.check() : edit.save())
  }
  return html`<dialog class="edit" part="dialog" aria-labelledby="edit-title" @close=${() => view.edit === edit && view.close()}
    @click=${(event: Event) => event.target === event.currentTarget && edit.busy === null && view.close()}>
    <form class="edit-form" novalidate @submit=${submit}>
      <div class="edit-head"><h3 id="edit-title" class="title">${title}</h3>
        ${renderButton({ label: host.t('close'), icon: 'close', look: 'ghost', bare: true, run: () => view.close() })}</div>
      <div class="edit-body">
        ${setting.help ? html`<p class="soft">${host.words(setting.help)}</p>` : nothing}
        ${unset ? nothing : renderValue(edit)}
        ${renderInherited(edit)}${renderConflict(edit)}${renderProblem(edit)}${renderEffects(edit)}
      </div>
      ${edit.isReadOnly ? nothing : renderFoot(edit)}
    </form>
  </dialog>`
}

/** Shows the dialog that has been drawn, with the focus in its first control. */
export function showEdit(root: ParentNode): void {
  const dialog = root.querySelector<HTMLDialogElement>('dialog.edit')
  if (!dialog || dialog.open) return
  dialog.showModal()
  dialog.querySelector<HTMLElement>('[data-first]:enabled')?.focus()
}

/** One person’s own value reaches nobody else. */
function needsPreview(edit: Edit): boolean {
  const isOne = edit.places.length === 1 && edit.places[0]?.level === 'person' && !edit.unset
  return !isOne && edit.preview === null
}

function renderValue(edit: Edit): TemplateResult {
  const { view, setting, value } = edit
  const { host } = view
  const isNone = value === null
  const none = (event: Event): void => edit.change((event.target as HTMLInputElement).checked ? null : (setting.default ?? undefined))
  const label = host.t(limited.includes(setting.type) ? 'settings.value.unlimited' : 'settings.value.none')
  return html`<div class="edit-value">
    ${renderEditor({ host, setting, value, disabled: isNone || edit.isReadOnly || edit.busy !== null, isWrong: edit.tried && edit.problem !== null, change: (next) => edit.change(next) })}
    ${
      setting.nullable
        ? html`<label class="tick"><input class="check" type="checkbox" .checked=${live(isNone)} ?disabled=${edit.isReadOnly || edit.busy !== null} @change=${none} /><span>${label}</span></label>`
        : nothing
    }
  </div>`
}

function renderInherited(edit: Edit): TemplateResult | typeof nothing {
  const { view, setting, places } = edit
  const [place, ...more] = places
  const resolved = view.resolved.get(setting.key)
  if (!place || more.length > 0 || view.compare || !resolved) return nothing
  const inherited = inheritedBy(place, resolved, setting.default)
  const { host } = view
  return html`<p class="hint">${host.t('settings.inherited', { value: valueText(host, setting, inherited.value), from: sourceText(view, inherited) })}</p>`
}

function renderConflict({ conflict, view, setting }: Edit): TemplateResult | typeof nothing {
  if (!conflict) return nothing
  const { host } = view
  const line = (one: (typeof conflict)[number]): TemplateResult => {
    const time = formatInstant(one.at, host.language, host.session.now())
    const name = host.session.person(one.by)?.name ?? one.by
    return html`<p>${host.t('settings.conflict.text', { name, time, value: valueText(host, setting, one.value) })}</p>`
  }
  return html`<div class="banner banner-warning" role="alert">${icon('warn')}<div class="grow"><b>${host.t('settings.conflict')}</b>
    ${conflict.length > 0 ? conflict.slice(0, 5).map(line) : html`<p>${host.t('settings.conflict.unset')}</p>`}</div></div>`
}

function renderProblem(edit: Edit): TemplateResult {
  const { view, error, tried, problem } = edit
  const text = error ? reasonOf(view.host, error) : tried && problem ? view.host.t(problem) : ''
  return html`<p id="edit-problem" class="error" role="alert">${text ? html`${icon('warn')}<span>${text}</span>` : nothing}</p>`
}

function renderEffects(edit: Edit): TemplateResult | typeof nothing {
  const { view, preview, setting, busy, places } = edit
  const { host } = view
  if (busy === 'preview') return html`<p class="row soft" role="status">${spinner}${host.t('settings.previewing')}</p>`
  if (!preview) return nothing
  if (places.every(({ level }) => level === 'place')) return html`<p class="soft" role="status">${host.t('settings.effect.place')}</p>`
  if (preview.total === 0) return html`<p class="soft" role="status">${host.t('settings.effect.nobody')}</p>`
  const more = preview.total - Math.min(EFFECTS, preview.effects.length)
  return html`<section part="effects" class="effects"><p role="status"><b>${host.t('settings.effect', { count: preview.people })}</b></p>
    <div class="effects-scroll" tabindex="0" role="region" aria-label=${host.t('settings.effect', { count: preview.people })}><table>
      <thead><tr><th scope="col">${host.t('settings.effect.person')}</th><th scope="col">${host.t('settings.effect.before')}</th><th scope="col">${host.t('settings.effect.after')}</th></tr></thead>
      <tbody>${preview.effects.slice(0, EFFECTS).map(
        ({ person, before, after }) => html`<tr><th scope="row">${host.session.person(person)?.name ?? person}</th>
          <td><del>${valueText(host, setting, before)}</del></td><td><ins>${valueText(host, setting, after)}</ins></td></tr>`,
      )}</tbody>
    </table>${more > 0 ? html`<p class="hint more">${host.t('settings.effect.more', { count: more })}</p>` : nothing}</div></section>`
}

function renderFoot(edit: Edit): TemplateResult {
  const { view, busy, unset, places } = edit
  const { host } = view
  const [place] = places
  const reset = {
    label: host.t('settings.reset'),
    icon: 'undo',
    look: 'ghost',
    run: () => place && view.open(edit.setting, [place], true),
  } as const
  const canReset = !unset && places.length === 1 && !view.compare && view.isSetHere(edit.setting.key)
  const label = needsPreview(edit)
    ? host.t('settings.preview')
    : unset
      ? host.t('settings.save.reset')
      : places.length > 1
        ? host.t('settings.save.count', { count: places.length })
        : host.t('settings.save')
  return html`<div class="edit-foot">${canReset ? renderButton(reset) : nothing}<span class="grow"></span>
    ${renderButton({ label: host.t('cancel'), run: () => view.close(), disabled: busy === 'save' })}
    ${renderButton({ label, look: 'primary', submits: true, busy: busy !== null, disabled: busy !== null })}</div>`
}
