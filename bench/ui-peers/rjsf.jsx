import '../ui/start.ts'
import Form from '@rjsf/core'
import validator from '@rjsf/validator-ajv8'
import { createRoot } from 'react-dom/client'
import { focusLabelled, paintedWith } from './controls.js'
import { longTexts, schema } from './schema.js'

const uiSchema = Object.fromEntries(longTexts.map((name) => [name, { 'ui:widget': 'textarea' }]))

createRoot(document.body.appendChild(document.createElement('main'))).render(
  <Form schema={schema} uiSchema={uiSchema} validator={validator} />,
)
paintedWith(200)
window.act = async () => focusLabelled('Field number 100')
