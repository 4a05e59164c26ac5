import { registerRenderer } from '../registry.ts'
import { booleanControl, multiChoiceControl, segmentControl, selectControl } from './choice.ts'
import { dateControl, instantControl } from './date.ts'
import { lookupControl } from './lookup.ts'
import { moneyControl } from './money.ts'
import { numberControl } from './number.ts'
import { longTextControl, textControl } from './text.ts'

let registered = false

/** Our own controls, registered when the first field is made: importing this file does nothing. */
export function registerControls(): void {
  if (registered) return
  registered = true
  registerRenderer(
    textControl,
    longTextControl,
    numberControl,
    moneyControl,
    dateControl,
    instantControl,
    selectControl,
    segmentControl,
    multiChoiceControl,
    booleanControl,
    lookupControl,
  )
}
