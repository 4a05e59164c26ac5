import { CrmField, CrmForm, configure } from '@guanxi/ui-components'
import { typedField } from './sample.ts'
import { answering } from './server.ts'
import { drawn, painted } from './start.ts'

configure({ src: '/crm', fetch: answering([]) })
customElements.define('crm-field', CrmField)
customElements.define('crm-form', CrmForm)
const form = document.createElement('crm-form')
form.setAttribute('object', 'customer')
const loaded = new Promise((resolve) => form.addEventListener('crm-load', resolve, { once: true }))
document.body.append(form)
await loaded
await form.updateComplete
await Promise.all(form.fields.map((field) => field.updateComplete))
painted()

window.act = async () => {
  form.fields.find(({ name }) => name === typedField)?.focus()
  await drawn()
}
