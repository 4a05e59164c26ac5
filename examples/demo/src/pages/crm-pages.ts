import { html, type Markup } from '../html.ts'
import { layout, type Reader } from './layout.ts'

/** Everything between the tags is the CRM's; everything around them is the shop's. */
export function dealsPage(reader: Reader): Markup {
  return crmPage(reader, 'deals', html`<crm-board class="panel tall" src="/crm" object="deal" locale="${reader.say.locale}"></crm-board>`)
}

export function leadsPage(reader: Reader): Markup {
  return crmPage(reader, 'leads', html`<crm-list class="panel tall" src="/crm" object="lead" locale="${reader.say.locale}"></crm-list>`)
}

/** `data-open` is the shop's own: host.js turns an opened row into a visit of that page. */
export function customersPage(reader: Reader): Markup {
  const { locale } = reader.say
  return crmPage(
    reader,
    'customers',
    html`<crm-list class="panel tall" src="/crm" object="customer" locale="${locale}" data-open="/customers/"></crm-list>`,
  )
}

export function productsPage(reader: Reader): Markup {
  return crmPage(
    reader,
    'products',
    html`<crm-list class="panel tall" src="/crm" object="product" locale="${reader.say.locale}"></crm-list>`,
  )
}

/** Customers that have something in common, as a condition with a name. */
export function segmentsPage(reader: Reader): Markup {
  const { locale } = reader.say
  return crmPage(
    reader,
    'segments',
    html`<crm-filter class="panel" src="/crm" object="customer" locale="${locale}" preview segments data-open="/customers/"></crm-filter>`,
  )
}

/** host.js keeps the job in the address, so that a reload finds it again. */
export function importPage(reader: Reader): Markup {
  return crmPage(reader, 'import', html`<crm-import class="panel" src="/crm" locale="${reader.say.locale}"></crm-import>`)
}

/** Whoever may set nothing sees what counts for them. */
export function settingsPage(reader: Reader): Markup {
  return crmPage(reader, 'settings', html`<crm-settings class="panel" src="/crm" locale="${reader.say.locale}"></crm-settings>`)
}

/** Who may not define operations is told so by the component. */
export function operationsPage(reader: Reader): Markup {
  return crmPage(reader, 'operations', html`<crm-operations class="panel" src="/crm" locale="${reader.say.locale}"></crm-operations>`)
}

/** Rules are administrators' business; whoever may define no object sees no way to write one. */
export function rulesPage(reader: Reader): Markup {
  return crmPage(reader, 'rules', html`<crm-rules class="panel" src="/crm" locale="${reader.say.locale}"></crm-rules>`)
}

/** The component shows its own heading; the page's is for those who listen. */
function crmPage(
  reader: Reader,
  title: 'deals' | 'leads' | 'customers' | 'products' | 'segments' | 'import' | 'settings' | 'rules' | 'operations',
  element: Markup,
): Markup {
  const name = reader.say(title)
  return layout(reader, name, html`<h1 class="unseen">${name}</h1>${element}`)
}
