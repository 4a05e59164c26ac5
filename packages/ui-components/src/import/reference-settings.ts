import { html, nothing, type TemplateResult } from 'lit'
import type { PlainValue, ReferenceRule } from '../client/import-types.ts'
import type { FieldView, ObjectView } from '../client/types.ts'
import { type Choice, renderCheck, renderSelect } from './controls.ts'
import { setReference } from './mapping-edits.ts'
import type { MappingPart } from './mapping-part.ts'
import type { NamedObject } from './named-objects.ts'
import { peopleObject } from './people-object.ts'

/** How cells name records: by which fields, among which, and what happens to names that nobody has. */
export function renderReference(part: MappingPart, field: FieldView): TemplateResult {
  const rule = part.mapping.references?.[field.name] ?? {}
  const to = field.to ?? rule.to ?? null
  const named = field.kind === 'user' || !to ? null : part.view.named.get(to)
  return html`<div class="pairs">${renderMissing(part, field, to)}${renderNarrowing(part, field)}</div>
    ${named ? renderBy(part, field, rule, named.object) : nothing}`
}

/** Among which records names are looked for: only stages of one pipeline, only customers of one kind. */
export function renderNarrowing(part: MappingPart, field: FieldView): TemplateResult | typeof nothing {
  const rule = part.mapping.references?.[field.name] ?? {}
  const to = field.to ?? rule.to ?? null
  const named = field.kind === 'user' || !to ? null : part.view.named.get(to)
  if (!named) return nothing
  return html`${named.among.map(({ field: one, choices }) => renderAmong(part, field, rule, named, one, choices))}`
}

/** What may happen to names that nobody has. */
export function missingChoices(
  { view }: MappingPart,
  to: string | null,
): readonly (Choice & { readonly value: 'refuse' | 'create' | 'empty' })[] {
  const canCreate = to !== null && to !== peopleObject && (view.me?.permissions[to]?.includes('create') ?? false)
  const rules: readonly ('refuse' | 'create' | 'empty')[] = ['refuse', ...(canCreate ? (['create'] as const) : []), 'empty']
  return rules.map((value) => ({ value, label: view.t(`import.missing.${value}`) }))
}

/** Sets what happens to names that nobody has; refusing is what happens anyway. */
export function setMissing(part: MappingPart, field: string, value: string): void {
  const missing = value === 'create' || value === 'empty' ? value : undefined
  part.edit(setReference(part.mapping, field, { missing }))
}

function renderMissing(part: MappingPart, field: FieldView, to: string | null): TemplateResult {
  return renderSelect({
    label: part.view.t('import.missing'),
    value: part.mapping.references?.[field.name]?.missing ?? 'refuse',
    choices: missingChoices(part, to),
    choose: (value) => setMissing(part, field.name, value),
  })
}

function renderAmong(
  part: MappingPart,
  field: FieldView,
  rule: ReferenceRule,
  { object }: NamedObject,
  one: FieldView,
  choices: readonly Choice[],
): TemplateResult {
  const { view, mapping } = part
  const chosen = rule.where?.[one.name]
  const choose = (value: string): void => {
    const { [one.name]: _before, ...others } = rule.where ?? {}
    const where: Record<string, PlainValue> = value === '' ? others : { ...others, [one.name]: value }
    part.edit(setReference(mapping, field.name, { where: Object.keys(where).length > 0 ? where : undefined }))
  }
  return renderSelect({
    label: view.t('import.among', { name: view.host.words(object.label), field: view.host.words(one.label) }),
    value: chosen === undefined ? '' : String(chosen),
    choices: [{ value: '', label: view.t('import.among.any') }, ...choices],
    choose,
  })
}

/** By which fields cells may name a record; its names unless said. */
function renderBy(part: MappingPart, field: FieldView, rule: ReferenceRule, object: ObjectView): TemplateResult | typeof nothing {
  const { view, mapping } = part
  const usual = usualNames(object)
  const naming = object.fields.filter(
    ({ kind, layer, name }) => usual.includes(name) || (layer !== 'system' && (kind === 'text' || kind === 'email' || kind === 'phone')),
  )
  if (naming.length < 2) return nothing
  const by = rule.by ?? usual
  const toggle = (name: string): void => {
    const next = by.includes(name) ? by.filter((known) => known !== name) : [...by, name]
    part.edit(setReference(mapping, field.name, { by: next.length > 0 ? next : undefined }))
  }
  return html`<fieldset class="ticks">
    <legend class="pair-label">${view.t('import.by', { name: view.host.words(object.label) })}</legend>
    ${naming.map(({ name, label }) => renderCheck(view.host.words(label), by.includes(name), () => toggle(name)))}
  </fieldset>`
}

function usualNames({ nameField, fields }: ObjectView): readonly string[] {
  return [nameField, nameField && `${nameField}En`].filter((name): name is string => !!name && fields.some((field) => field.name === name))
}
