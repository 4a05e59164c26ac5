import { CrmList, configure } from '@guanxi/ui-components'
import { sampleDeals } from './sample.ts'
import { scrollThrough, steadyThenFar } from './scroll.ts'
import { answering } from './server.ts'
import { drawn, painted } from './start.ts'

configure({ src: '/crm', fetch: answering(sampleDeals(100_000)) })
customElements.define('crm-list', CrmList)
const list = document.createElement('crm-list')
list.setAttribute('object', 'deal')
list.setAttribute('sort', 'name')
const loaded = new Promise((resolve) => list.addEventListener('crm-load', resolve, { once: true }))
document.body.append(list)
await loaded
await list.updateComplete
painted()

window.act = async () => {
  const scroller = list.renderRoot.querySelector('.scroller')
  if (scroller) await scrollThrough(scroller, steadyThenFar(scroller.scrollHeight))
  await drawn()
}
