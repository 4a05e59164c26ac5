// The shop's own script: opening a row of the CRM's list is a visit of the shop's own page.
document.addEventListener('crm-open', (event) => {
  const list = event.target instanceof Element ? event.target.closest('[data-open]') : null
  // A new record has no page yet: the CRM's own dialog opens.
  if (!list || !event.detail.id) return
  event.preventDefault()
  location.assign(`${list.dataset.open}${encodeURIComponent(event.detail.id)}`)
})
