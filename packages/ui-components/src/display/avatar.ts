import { html, nothing, type TemplateResult } from 'lit'
import { avatarSlot, initialsOf } from '../format/person.ts'

/** A person's round mark. Decorative where the name stands beside it. */
export function renderAvatar(id: string, name: string, decorative = false): TemplateResult {
  const initials = initialsOf(name || '?')
  const classes = `avatar a${avatarSlot(id)}${initials.length > 1 ? ' avatar-l' : ''}`
  if (decorative) return html`<span class=${classes} aria-hidden="true">${initials}</span>`
  return html`<span class=${classes} role="img" aria-label=${name} title=${name}>${initials}</span>`
}

/** The square mark of a company or any other record, beside its name. */
export function renderEmblem(id: string, name: string): TemplateResult | typeof nothing {
  return name ? html`<span class="avatar avatar-sq a${avatarSlot(id)}" aria-hidden="true">${initialsOf(name).charAt(0)}</span>` : nothing
}
