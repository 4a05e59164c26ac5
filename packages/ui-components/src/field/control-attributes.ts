import { nothing } from 'lit'
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js'
import type { CrmField } from './field.ts'

/** What every control has: its id for the label, its part for the host, what it says to assistive technology, and its text. */
class ControlAttributes extends Directive {
  constructor(part: PartInfo) {
    super(part)
    if (part.type !== PartType.ELEMENT) throw new Error('controlAttributes belongs on an element')
  }

  override update({ element }: ElementPart, [host, text]: [CrmField, string?]): typeof nothing {
    element.id = 'control'
    element.setAttribute('part', 'control')
    set(element, 'name', host.name)
    set(element, 'aria-required', host.field.required ? 'true' : null)
    set(element, 'aria-invalid', host.invalid)
    set(element, 'aria-describedby', host.describedBy)
    element.toggleAttribute('disabled', host.isDisabled)
    // Compared with what stands there, not with what was last drawn: somebody may have typed since.
    if (text !== undefined && (element as HTMLInputElement).value !== text) (element as HTMLInputElement).value = text
    return nothing
  }

  render(_host: CrmField, _text?: string): typeof nothing {
    return nothing
  }
}

/** On the native control of a field: `<input ${controlAttributes(host, text)} />`. */
export const controlAttributes = directive(ControlAttributes)

function set(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name)
  else element.setAttribute(name, value)
}
