import { html, nothing, type TemplateResult } from 'lit'
import { renderButton } from '../display/button.ts'
import { icon } from '../icon/icon.ts'
import type { CrmList } from './list.ts'
import type { SavedView } from './saved-views.ts'
import { openViewEditor, openViewMenu } from './view-control.ts'
import type { ListViews } from './views.ts'

/** The list as it comes, the reader's own views, and those others share. */
export function renderViews(list: CrmList, all: ListViews): TemplateResult | typeof nothing {
  const { views, canSave } = all.saved
  if (views.length === 0 && !canSave) return nothing
  const add = (event: Event) => void openViewEditor(list, all, null, event.currentTarget as HTMLElement)
  return html`<div class="tabs scroll-x" part="views" role="group" aria-label=${list.t('view.title')}>
    ${renderTab(list, all, null, list.t('view.all'))}${views.map((view) => renderTab(list, all, view, view.name))}
    ${canSave ? renderButton({ label: list.t('view.save'), icon: 'plus', look: 'ghost sm', bare: true, opens: 'dialog', run: add }) : nothing}
  </div>`
}

function renderTab(list: CrmList, all: ListViews, view: SavedView | null, name: string): TemplateResult {
  const isCurrent = (view?.id ?? null) === list.view
  const by = view && !all.isOwn(view) ? list.t('view.by', { name: list.session.person(view.ownerId)?.name ?? '' }) : null
  const more = (event: Event) => void openViewMenu(list, all, view, event.currentTarget as HTMLElement)
  const hasMenu = isCurrent && (all.isRearranged || (view !== null && all.isOwn(view)))
  return html`<span class="tab ${isCurrent ? 'is-current' : ''}">
    <button type="button" part="view" aria-pressed=${isCurrent} title=${by ?? nothing} @click=${() => all.use(view)}>
      <span class="clip">${name}</span>${isCurrent && all.isRearranged ? html`<i class="dot" role="img" aria-label=${list.t('view.changed')}></i>` : nothing}
    </button>
    ${hasMenu ? html`<button type="button" class="tab-more" aria-haspopup="menu" aria-label=${list.t('view.more', { name })} @click=${more}>${icon('down')}</button>` : nothing}
  </span>`
}
