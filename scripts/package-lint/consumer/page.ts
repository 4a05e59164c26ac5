import type { CrmEvents, CrmList, FieldCheck } from '@guanxi/ui-components'
import '@guanxi/ui-components'

/** What Angular gives for `viewChild<ElementRef<…>>('list')`: the element, typed by its tag. */
interface ElementRef<T> {
  readonly nativeElement: T
}

/** What a template's `(crm-saved)="saved($event)"` hands over. */
export function saved(event: CrmEvents['crm-saved']): string {
  return `${event.detail.object} ${event.detail.id} ${event.detail.operation}`
}

/** Properties of every component, as an Angular component sets them. */
export function arrange(
  list: ElementRef<HTMLElementTagNameMap['crm-list']>,
  board: ElementRef<HTMLElementTagNameMap['crm-board']>,
  form: ElementRef<HTMLElementTagNameMap['crm-form']>,
  check: FieldCheck,
): CrmList {
  list.nativeElement.sort = '-amount'
  list.nativeElement.filters = [{ field: 'stage', is: 'in', value: ['won'] }]
  list.nativeElement.addEventListener('crm-view-change', (event) => event.detail.settings.columns.length)
  board.nativeElement.lanes = 'ownerId'
  form.nativeElement.checks = { phone: check }
  form.nativeElement.addEventListener('crm-saved', saved)
  // @ts-expect-error A property that no list has.
  list.nativeElement.colour = 'red'
  // @ts-expect-error A sort is a name, not a number.
  list.nativeElement.sort = 1
  return list.nativeElement
}
