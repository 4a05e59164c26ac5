import { nothing } from 'lit'
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js'
import type { CrmField } from './field.ts'

/** What every control has: its id for the label, its part for the host, and what it says to assistive technology. */
class ControlAttributes extends Directive {
  constructor(part: PartInfo) {
    super(part)
    if (part.type !== PartType.ELEMENT) throw new Error('controlAttributes belongs on an element')
  }

  override update({ element }: ElementPart, [host]: [CrmField]): typeof nothing {
    element.id = 'control'
    element.setAttribute('part', 'control')
    set(element, 'name', host.name)
    set(element, 'aria-required', host.field.required ? 'true' : null)
    set(element, 'aria-invalid', host.invalid)
    set(element, 'aria-describedby', host.describedBy)
    element.toggleAttribute('disabled', host.isDisabled)
    return nothing
  }

  render(_host: CrmField): typeof nothing {
    return nothing
  }
}

/** On the native control of a field: `<input ${controlAttributes(host)} />`. */
export const controlAttributes = directive(ControlAttributes)

function set(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name)
  else element.setAttribute(name, value)
}
