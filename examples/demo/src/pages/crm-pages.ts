import { html, type Markup } from '../html.ts'
import { layout, type Reader } from './layout.ts'

/** Everything between the tags is the CRM's; everything around them is the shop's. */
export function dealsPage(reader: Reader): Markup {
  return crmPage(
    reader,
    'deals',
    'dealsHint',
    html`<crm-board class="panel tall" src="/crm" object="deal" locale="${reader.say.locale}"></crm-board>`,
  )
}

export function leadsPage(reader: Reader): Markup {
  return crmPage(
    reader,
    'leads',
    'leadsHint',
    html`<crm-list class="panel tall" src="/crm" object="lead" locale="${reader.say.locale}"></crm-list>`,
  )
}

/** `data-open` is the shop's own: host.js turns an opened row into a visit of that page. */
export function customersPage(reader: Reader): Markup {
  return crmPage(
    reader,
    'customers',
    'customersHint',
    html`<crm-list class="panel tall" src="/crm" object="customer" locale="${reader.say.locale}" data-open="/customers/"></crm-list>`,
  )
}

export function productsPage(reader: Reader): Markup {
  return crmPage(
    reader,
    'products',
    'productsHint',
    html`<crm-list class="panel tall" src="/crm" object="product" locale="${reader.say.locale}"></crm-list>`,
  )
}

function crmPage(
  reader: Reader,
  title: 'deals' | 'leads' | 'customers' | 'products',
  hint: 'dealsHint' | 'leadsHint' | 'customersHint' | 'productsHint',
  element: Markup,
): Markup {
  const { say } = reader
  return layout(reader, say(title), html`<div class="title"><h1>${say(title)}</h1><p>${say(hint)}</p></div>${element}`)
}
