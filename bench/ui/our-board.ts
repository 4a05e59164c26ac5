import { CrmBoard, configure } from '@guanxi/ui-components'
import { sampleDeals } from './sample.ts'
import { scrollThrough } from './scroll.ts'
import { answering } from './server.ts'
import { drawn, painted } from './start.ts'

configure({ src: '/crm', fetch: answering(sampleDeals(10_000)) })
customElements.define('crm-board', CrmBoard)
const board = document.createElement('crm-board')
board.setAttribute('object', 'deal')
const loaded = new Promise((resolve) => board.addEventListener('crm-load', resolve, { once: true }))
document.body.append(board)
await loaded
await board.updateComplete
painted()

window.act = async (name) => {
  const body = board.renderRoot.querySelector('[data-body="new"]')
  if (name === 'move') void board.move('d0', 'proposal')
  else if (body)
    await scrollThrough(
      body,
      Array.from({ length: 90 }, (_, step) => (step + 1) * 400),
    )
  await drawn()
}
