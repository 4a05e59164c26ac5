import { asClientError } from '../client/client-error.ts'
import { fieldOf } from '../client/record.ts'
import { overlaysOf } from '../controllers/overlays.ts'
import { reasonOf } from '../state/state-view.ts'
import { allOf } from './all-of.ts'
import { scopeOf } from './bulk-scope.ts'
import { bulkLimits } from './bulk-task.ts'
import type { CrmList } from './list.ts'

const LONG_ADDRESS = 300

/** Offers the records as a file: all that match, or the chosen ones. */
export async function openExport(list: CrmList, anchor: HTMLElement, onlyChosen: boolean): Promise<void> {
  const item = (format: 'csv' | 'xlsx') => ({ label: list.t(`export.${format}`), run: () => void save(list, format, onlyChosen) })
  await overlaysOf(list).menu.open(anchor, list.t('export.menu'), () => [item('xlsx'), item('csv')])
}

async function save(list: CrmList, format: 'csv' | 'xlsx', onlyChosen: boolean): Promise<void> {
  const { object, query, selection } = scopeOf(list)
  void overlaysOf(list).toast.show({ text: list.t('export.running'), icon: 'clock', seconds: 600 })
  try {
    const chosen = onlyChosen && !selection.isAll ? [...selection.ids].slice(0, bulkLimits.list) : null
    const left = onlyChosen && selection.isAll && selection.ids.size > 0 ? { not: { id: { in: [...selection.ids] } } } : {}
    const where = chosen ? { id: { in: chosen } } : allOf([query.where ?? {}, left])
    // An address has an end: so many ids do not fit into one.
    if (chosen && chosen.length > LONG_ADDRESS) throw asClientError(new Error(list.t('bulk.many', { limit: LONG_ADDRESS })))
    const fields = list.shownColumns.filter((name) => fieldOf(object, name) !== undefined)
    const file = await list.session.client.export(object.name, { ...query, where, fields, format })
    const name = `${list.words(object.pluralLabel)}.${format}`
    download(list, file, name)
    void overlaysOf(list).toast.show({ text: list.t('export.done', { name }), seconds: 4 })
  } catch (error) {
    const refused = asClientError(error)
    void overlaysOf(list).toast.show({ text: list.t('export.failed', { reason: reasonOf(list, refused) }), icon: 'warn', urgent: true })
    list.emit('crm-error', { error: refused })
  }
}

/** Read here and not by a link, so that hosts that authenticate by a header can export too. */
function download(list: CrmList, file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = list.ownerDocument.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
