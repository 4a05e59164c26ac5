import type { SaveKind } from '@guanxi/core/types'
import { html, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { Writing } from '../writing.ts'

const kinds: readonly (SaveKind | 'condition')[] = ['condition', 'validation', 'compute', 'score', 'automation']

/** What sort of rule a new one is, in plain words. */
export function renderKinds(writing: Writing): TemplateResult {
  const { host, draft } = writing
  const choose = (kind: SaveKind | 'condition') => () => writing.become(kind === 'condition' ? null : kind)
  const chosen = draft.save?.kind ?? 'condition'
  return html`<fieldset class="sorts"><legend class="label">${host.t('rules.sort')}</legend>${kinds.map(
    (kind) =>
      html`<label class="sort"><input type="radio" name="sort" value=${kind} .checked=${live(kind === chosen)} @change=${choose(kind)} /><span><b>${host.t(`rules.kind.${kind}`)}</b><small>${host.t(`rules.sort.${kind}`)}</small></span></label>`,
  )}</fieldset>`
}
