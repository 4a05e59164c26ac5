import '../ui/start.ts'
import { JsonForms } from '@jsonforms/react'
import { vanillaCells, vanillaRenderers } from '@jsonforms/vanilla-renderers'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { focusLabelled, paintedWith } from './controls.js'
import { longTexts, schema } from './schema.js'

const elements = Object.keys(schema.properties).map((name) => ({
  type: 'Control',
  scope: `#/properties/${name}`,
  ...(longTexts.includes(name) && { options: { multi: true } }),
}))

function Form() {
  const [data, setData] = useState({})
  return (
    <JsonForms
      schema={schema}
      uischema={{ type: 'VerticalLayout', elements }}
      data={data}
      renderers={vanillaRenderers}
      cells={vanillaCells}
      onChange={(change) => setData(change.data)}
    />
  )
}

createRoot(document.body.appendChild(document.createElement('main'))).render(<Form />)
paintedWith(200)
window.act = async () => focusLabelled('Field number 100')
