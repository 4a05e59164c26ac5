import { configure } from '../../packages/ui-components/src/browser.ts'
import type {} from '../../packages/ui-components/src/define.ts'
import { sampleDeals } from './sample.ts'
import { scrollThrough, steadyThenFar } from './scroll.ts'
import { answering } from './server.ts'
import { drawn, painted, standing } from './start.ts'

configure({ src: '/crm', fetch: answering(sampleDeals(100_000)) })
const list = standing('crm-list')
list.setAttribute('object', 'deal')
list.setAttribute('sort', 'name')
await new Promise((resolve) => list.addEventListener('crm-load', resolve, { once: true }))
await list.updateComplete
painted()

window.act = async () => {
  const scroller = list.renderRoot.querySelector('.scroller')
  if (scroller) await scrollThrough(scroller, steadyThenFar(scroller.scrollHeight))
  await drawn()
}
