import { asList } from '../format/value.ts'
import type { CrmField } from './field.ts'

/** The keys of a combobox, after the APG. */
export function onLookupKey(host: CrmField, event: KeyboardEvent): void {
  if (event.isComposing || !takesKey(host, event)) return
  event.preventDefault()
  event.stopPropagation()
}

/** Uses a key; false leaves it to the input and to the form. */
function takesKey(host: CrmField, { key, target }: KeyboardEvent): boolean {
  const { lookup } = host
  const choice = lookup.choices[lookup.active]
  if (key === 'ArrowDown' || key === 'ArrowUp') lookup.move(key === 'ArrowDown' ? 1 : -1)
  else if (key === 'Enter' && lookup.isOpen && choice) lookup.choose(choice)
  else if (key === 'Escape' && lookup.isOpen) lookup.close()
  else {
    if (key === 'Backspace' && (target as HTMLInputElement).value === '') removeLast(host)
    // Nothing to choose yet is no reason to send the form.
    return key === 'Enter' && lookup.isOpen
  }
  return true
}

function removeLast(host: CrmField): void {
  if (host.field.kind === 'links') host.change(asList(host.value).slice(0, -1))
}
