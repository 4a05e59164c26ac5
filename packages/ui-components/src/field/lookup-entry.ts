import { asList } from '../format/option.ts'
import type { CrmField } from './field.ts'
import { Lookup } from './lookup.ts'

/** What somebody does in a combobox. `text` is what stood in it then: an event may have been kept for this part. */
export function onLookupEvent(host: CrmField, event: Event, text: string): void {
  host.lookup ??= new Lookup(host)
  const { lookup } = host
  if (event.type === 'click') lookup.open()
  else if (event.type === 'blur') onBlur(host, lookup)
  else if (event.type === 'keydown') onKey(host, lookup, event as KeyboardEvent, text)
  // While an input method composes, the letters are not text yet.
  else if (!(event as InputEvent).isComposing) lookup.type(text)
}

function onBlur(host: CrmField, lookup: Lookup): void {
  // A name that was deleted and not replaced means: nobody.
  if (lookup.query?.trim() === '' && host.field.kind !== 'links' && !host.field.required) host.change(null)
  lookup.close()
}

/** The keys of a combobox, after the APG. */
function onKey(host: CrmField, lookup: Lookup, event: KeyboardEvent, text: string): void {
  if (event.isComposing) return
  const isOver = event.eventPhase === Event.NONE
  if (takesKey(host, lookup, event.key, text)) {
    event.preventDefault()
    event.stopPropagation()
  } else if (isOver && event.key === 'Enter') host.internals.form?.requestSubmit()
}

/** Uses a key; false leaves it to the input and to the form. */
function takesKey(host: CrmField, lookup: Lookup, key: string, text: string): boolean {
  const choice = lookup.choices[lookup.active]
  if (key === 'ArrowDown' || key === 'ArrowUp') lookup.move(key === 'ArrowDown' ? 1 : -1)
  else if (key === 'Enter' && lookup.isOpen && choice) lookup.choose(choice)
  else if (key === 'Escape' && lookup.isOpen) lookup.close()
  else {
    if (key === 'Backspace' && text === '') removeLast(host)
    // Nothing to choose yet is no reason to send the form.
    return key === 'Enter' && lookup.isOpen
  }
  return true
}

function removeLast(host: CrmField): void {
  if (host.field.kind === 'links') host.change(asList(host.value).slice(0, -1))
}
