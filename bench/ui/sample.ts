/** A field of the form that every contender draws. */
export interface SampleField {
  readonly name: string
  readonly kind: 'text' | 'email' | 'integer' | 'date' | 'choice' | 'boolean' | 'longText' | 'url'
  readonly label: string
  readonly required: boolean
  readonly options: readonly string[]
}

const kinds = ['text', 'choice', 'integer', 'text', 'date', 'email', 'boolean', 'longText', 'url', 'text'] as const
const options = ['north', 'south', 'east', 'west', 'centre', 'abroad']

/** So many fields of the kinds a customer has. */
export function sampleFields(count: number): readonly SampleField[] {
  return Array.from({ length: count }, (_, index): SampleField => {
    const kind = kinds[index % kinds.length] ?? 'text'
    return {
      name: `field${index}`,
      kind,
      label: `Field number ${index}`,
      required: index % 7 === 0,
      options: kind === 'choice' ? options : [],
    }
  })
}

/** The field a key is pressed in: text, in the middle. */
export const typedField = 'field100'

export const columns = ['new', 'contacted', 'qualified', 'proposal', 'negotiation', 'won'] as const

/** A card, or a line of a list. */
export interface SampleDeal {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly customer: string
  readonly owner: string
  readonly amount: { readonly minor: number; readonly currency: string }
  readonly closeDate: string
  readonly stage: string
}

const owners = ['Ana Duarte', 'Li Wei', 'Sun Yue', 'Marco Rossi', 'Chen Si']

/** So many deals, spread over the columns. */
export function sampleDeals(count: number): SampleDeal[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `d${index}`,
    version: 1,
    name: `Deal ${index}: licences and rollout`,
    customer: `Customer ${(index * 7) % 997}`,
    owner: owners[index % owners.length] ?? '',
    amount: { minor: 1_000_000 + ((index * 7919) % 900_000), currency: 'EUR' },
    closeDate: `2026-${String((index % 12) + 1).padStart(2, '0')}-${String((index % 28) + 1).padStart(2, '0')}`,
    stage: columns[index % columns.length] ?? 'new',
  }))
}
