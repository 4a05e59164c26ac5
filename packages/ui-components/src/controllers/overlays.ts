import { html, type TemplateResult } from 'lit'
import type { CrmElement } from '../element/crm-element.ts'
import { overlay } from '../styles/overlay.ts'
import { MenuController } from './menu.ts'
import { PanelController } from './panel.ts'
import { RecordDialog } from './record-dialog.ts'
import { ToastController } from './toast.ts'

/** Everything that floats over a component: one menu, one panel, one dialog, one toast. */
export class Overlays {
  readonly menu: MenuController
  readonly panel: PanelController
  readonly toast: ToastController
  readonly dialog: RecordDialog

  constructor(host: CrmElement) {
    host.addStyles(overlay)
    this.menu = new MenuController(host)
    this.panel = new PanelController(host)
    this.toast = new ToastController(host, () => host.t('close'))
    this.dialog = new RecordDialog(host, this.toast, () => host.definition)
  }

  render(): TemplateResult {
    return html`${this.menu.render()}${this.panel.render()}${this.dialog.render()}${this.toast.render()}`
  }
}

const made = new WeakMap<CrmElement, Overlays>()

/** What floats over this component; made when it is first asked for. */
export function overlaysOf(host: CrmElement): Overlays {
  const known = made.get(host)
  if (known) return known
  const overlays = new Overlays(host)
  made.set(host, overlays)
  host.overlay = overlays
  host.requestUpdate()
  return overlays
}
