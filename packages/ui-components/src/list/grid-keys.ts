import type { CrmList } from './list.ts'

const ROWS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 }
const ALONG: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

/**
 * The keyboard in a list: arrows walk over cells, Enter opens, F2 edits, Space chooses. An event that is over has lost its path, so
 * whoever kept one passes its target.
 */
export function onGridKey(list: CrmList, event: KeyboardEvent, target: EventTarget | undefined = event.composedPath()[0]): void {
  if (!(target instanceof HTMLElement) || event.isComposing || event.altKey) return
  const row = target.closest<HTMLElement>('[data-row]')
  if (!row || target.closest('.cell-editor')) return
  if (handled(list, event, target, row)) event.preventDefault()
}

function handled(list: CrmList, event: KeyboardEvent, target: HTMLElement, row: HTMLElement): boolean {
  const index = Number(row.dataset.row)
  const column = target.closest<HTMLElement>('[data-col]')?.dataset.col ?? null
  const { key } = event
  const far = event.ctrlKey || event.metaKey
  const step = ROWS[key]
  const along = ALONG[key]
  if (step !== undefined) return focusRow(list, list.rows.next(index, step), column)
  if (key === 'Home') return far ? focusRow(list, 0, column) : focusAt(row, 0)
  if (key === 'End') return far ? focusRow(list, lastRead(list), column) : focusAt(row, -1)
  if (along !== undefined)
    return row.dataset.group === undefined ? focusBeside(row, target, along) : list.foldGroup(row.dataset.group, along < 0)
  const id = row.dataset.id
  if (!id || !column) return false
  if (key === 'F2' || (key === 'Enter' && target.matches('td'))) return list.edit(id, column) || list.activate(id)
  if (key === ' ' && target.matches('td')) {
    list.parts.choose((chosen) => chosen.toggle(id, index, event.shiftKey))
    return true
  }
  return false
}

/** What can have the focus in a row, from left to right. */
function stopsOf(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('.check, .open, td[data-col]')]
}

function focusAt(row: HTMLElement, index: number): boolean {
  stopsOf(row).at(index)?.focus()
  return true
}

function focusBeside(row: HTMLElement, target: HTMLElement, step: number): boolean {
  const stops = stopsOf(row)
  const next = stops.indexOf(target) + step
  if (next < 0 || next >= stops.length) return false
  stops[next]?.focus()
  return true
}

function lastRead(list: CrmList): number {
  const { rows } = list
  let at = rows.count - 1
  while (at > 0 && rows.at(at).kind === 'blank') at -= 1
  return at
}

/** The next column of a row that can be edited, to the right or to the left. */
export function nextEditable(list: CrmList, column: string, step: 1 | -1): string | undefined {
  const names = list.data.columns.filter(({ field }) => list.mayEdit(field)).map(({ field }) => field.name)
  return names[names.indexOf(column) + step]
}

/** Puts the focus on a line, in a column where it has one. */
function focusRow(list: CrmList, index: number, column: string | null): true {
  if (list.rows.at(index).kind === 'blank') return true
  list.reach.show(index)
  void list.updateComplete.then(() => {
    const row = list.renderRoot.querySelector<HTMLElement>(`[data-row="${index}"]`)
    const cell = column ? [...(row?.querySelectorAll<HTMLElement>('td[data-col]') ?? [])].find((one) => one.dataset.col === column) : null
    ;(cell ?? row?.querySelector<HTMLElement>('.open'))?.focus({ preventScroll: true })
  })
  return true
}
