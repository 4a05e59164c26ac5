import { configure } from '../../packages/ui-components/src/browser.ts'
import type {} from '../../packages/ui-components/src/define.ts'
import { typedField } from './sample.ts'
import { answering } from './server.ts'
import { drawn, painted, standing } from './start.ts'

configure({ src: '/crm', fetch: answering([]) })
const form = standing('crm-form')
form.setAttribute('object', 'customer')
await new Promise((resolve) => form.addEventListener('crm-load', resolve, { once: true }))
await form.updateComplete
await Promise.all(form.fields.map((field) => field.updateComplete))
painted()

window.act = async () => {
  form.fields.find(({ name }) => name === typedField)?.focus()
  await drawn()
}
