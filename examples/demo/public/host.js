// A notification about a customer leads to the shop's own page of them; others open in the CRM's dialog.
document.addEventListener('crm-open', (event) => {
  if (event.target.localName !== 'crm-inbox' || event.detail.object !== 'customer') return
  event.preventDefault()
  location.assign(`/customers/${encodeURIComponent(event.detail.id)}`)
})

// The shop's own script: opening a row of the CRM's list is a visit of the shop's own page.
document.addEventListener('crm-open', (event) => {
  const list = event.target instanceof Element ? event.target.closest('[data-open]') : null
  // A new record has no page yet: the CRM's own dialog opens.
  if (!list || !event.detail.id) return
  event.preventDefault()
  location.assign(`${list.dataset.open}${encodeURIComponent(event.detail.id)}`)
})

// An import goes on when its page is left; its job stands in the address, so that a reload finds it again.
const job = new URLSearchParams(location.search).get('job')
if (job) document.querySelector('crm-import')?.setAttribute('job', job)
document.addEventListener('crm-job', (event) => {
  history.replaceState(null, '', event.detail.job ? `?job=${encodeURIComponent(event.detail.job)}` : location.pathname)
})

// On a phone the sections are a strip that scrolls: where one is must be in sight.
document.querySelector('.bar nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })

// A rule that waits for somebody is looked at on the page of rules; which one stands in the address.
document.addEventListener('crm-rule', (event) => {
  if (event.detail.action === 'open') location.assign(`/rules?rule=${encodeURIComponent(event.detail.rule)}`)
})
const rule = new URLSearchParams(location.search).get('rule')
if (rule) document.querySelector('crm-rules')?.setAttribute('rule', rule)
