import { CrmBoard } from './board/board.ts'
import { CrmElement } from './element/crm-element.ts'
import { type Member, register } from './element/family.ts'
import { CrmField } from './field/field.ts'
import { CrmFilter } from './filter/filter.ts'
import { CrmForm } from './form/form.ts'
import { CrmImport } from './import/import.ts'
import { CrmInbox } from './inbox/inbox.ts'
import { CrmList } from './list/list.ts'
import { CrmOperations } from './operations/operations.ts'
import { CrmRules } from './rules/rules.ts'
import { CrmSettings } from './settings/settings.ts'
import { CrmTimeline } from './timeline/timeline.ts'

const components = {
  field: CrmField,
  form: CrmForm,
  list: CrmList,
  board: CrmBoard,
  import: CrmImport,
  settings: CrmSettings,
  filter: CrmFilter,
  inbox: CrmInbox,
  operations: CrmOperations,
  timeline: CrmTimeline,
  rules: CrmRules,
}

/**
 * Registers the components as `<prefix>-form`, `<prefix>-list`, `<prefix>-board`, `<prefix>-field`, `<prefix>-import`,
 * `<prefix>-settings`, `<prefix>-filter`, `<prefix>-inbox` and `<prefix>-operations`. Tags that are taken stay what they are, so two copies on one page do not
 * throw.
 */
export function define(prefix = CrmElement.prefix): void {
  for (const [member, component] of Object.entries(components)) register(member as Member, component, prefix)
}

declare global {
  interface HTMLElementTagNameMap {
    'crm-field': CrmField
    'crm-form': CrmForm
    'crm-list': CrmList
    'crm-board': CrmBoard
    'crm-filter': CrmFilter
    'crm-import': CrmImport
    'crm-settings': CrmSettings
    'crm-inbox': CrmInbox
    'crm-operations': CrmOperations
    'crm-timeline': CrmTimeline
    'crm-rules': CrmRules
  }
}
