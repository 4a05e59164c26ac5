import { unsafeStatic } from 'lit/static-html.js'
import type { CrmElement } from './crm-element.ts'

/** The tag of a sibling component, for static templates. */
export function tagOf(host: CrmElement, name: string): ReturnType<typeof unsafeStatic> {
  return unsafeStatic(`${(host.constructor as typeof CrmElement).prefix}-${name}`)
}
