import type { CrmElement } from './crm-element.ts'

/** A member of the family: `form` of `crm-form`. */
export type Member = 'field' | 'form' | 'list' | 'board' | 'import' | 'settings' | 'filter' | 'inbox' | 'operations' | 'timeline' | 'rules'

type Loader = (member: Member, prefix: string) => Promise<void>

const source: { load: Loader | null } = { load: null }

/** How members are loaded that are not registered yet; the browser build says so. */
export function loadMembersBy(load: Loader): void {
  source.load = load
}

/** A member that a part is about to draw. Where all are registered at once there is nothing to wait for. */
export async function needMember(host: CrmElement, member: Member): Promise<void> {
  const { prefix } = host.constructor as typeof CrmElement
  if (!customElements.get(`${prefix}-${member}`)) await source.load?.(member, prefix)
}

/** Registers a member unless its tag is taken, so two copies on one page do not throw. */
export function register(member: Member, component: CustomElementConstructor, prefix: string): void {
  const tag = `${prefix}-${member}`
  if (!customElements.get(tag)) customElements.define(tag, withPrefix(component, prefix))
}

/** A class can be registered once only, so another prefix needs another class. */
function withPrefix(component: CustomElementConstructor, prefix: string): CustomElementConstructor {
  if (prefix === (component as unknown as typeof CrmElement).prefix) return component
  return class extends component {
    static readonly prefix = prefix
  }
}
