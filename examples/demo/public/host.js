// The shop's own script: opening a row of the CRM's list is a visit of the shop's own page.
document.addEventListener('crm-open', (event) => {
  const list = event.target instanceof Element ? event.target.closest('[data-open]') : null
  if (!list) return
  event.preventDefault()
  location.assign(`${list.dataset.open}${encodeURIComponent(event.detail.id)}`)
})
