import { configure } from '../../packages/ui-components/src/browser.ts'
import type {} from '../../packages/ui-components/src/define.ts'
import { sampleDeals } from './sample.ts'
import { scrollThrough } from './scroll.ts'
import { answering } from './server.ts'
import { drawn, painted, standing } from './start.ts'

configure({ src: '/crm', fetch: answering(sampleDeals(10_000)) })
const board = standing('crm-board')
board.setAttribute('object', 'deal')
await new Promise((resolve) => board.addEventListener('crm-load', resolve, { once: true }))
await board.updateComplete
painted()

const moved = sampleDeals(100).flatMap(({ id, stage }) => (stage === 'new' ? [id] : []))
window.act = async (name) => {
  const body = board.renderRoot.querySelector('[data-body="new"]')
  if (name === 'move') void board.move(moved.shift() ?? '', 'proposal')
  else if (body)
    await scrollThrough(
      body,
      Array.from({ length: 90 }, (_, step) => (step + 1) * 400),
    )
  await drawn()
}
