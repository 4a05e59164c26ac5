import { crmError } from '../error/crm-error.ts'
import type { FieldDefinition, ObjectDefinition } from '../object/definition.ts'
import { type FieldMay, fieldRightProblem, fullMay, mayOf, widerMay } from '../object/field-right.ts'
import type { FieldGrants, RoleGrants } from './access.ts'

/** Rights on fields as a role has them: those the host grants, before those the field's author declared. */
export function mayOfRole(role: string, field: FieldDefinition, grants: FieldGrants | undefined): FieldMay {
  const right =
    (grants && Object.hasOwn(grants, field.name) ? grants[field.name] : undefined) ?? field.access?.[role] ?? field.access?.['*']
  return right === undefined ? fullMay : mayOf(right)
}

/** What several roles may do together: the widest of each. Nobody without a role: what every other role may. */
export function mayOfRoles(
  roles: readonly string[],
  field: FieldDefinition,
  grantsOf: (role: string) => FieldGrants | undefined,
): FieldMay {
  const [first = '*', ...rest] = roles
  return rest.reduce((may, role) => widerMay(may, mayOfRole(role, field, grantsOf(role))), mayOfRole(first, field, grantsOf(first)))
}

/** Refuses grants on fields that do not exist or cannot be restricted so: a misspelt name would leave the field open. */
export function checkFieldGrants(grants: RoleGrants | undefined, definitions: readonly ObjectDefinition[]): void {
  for (const [role, objects] of Object.entries(grants ?? {})) {
    if (objects === '*') continue
    for (const [object, grant] of Object.entries(objects)) {
      if (typeof grant !== 'object' || !('fields' in grant) || !grant.fields) continue
      for (const [name, right] of Object.entries(grant.fields)) {
        const where = `${role}.${object}.fields.${name}`
        const fields = definitions.filter((one) => object === '*' || one.name === object).flatMap((one) => one.field.get(name) ?? [])
        if (fields.length === 0 && !name.startsWith('custom.')) throw refuse(`${where} names a field that does not exist`)
        const kinds = fields.length > 0 ? fields.map(({ kind }) => kind) : (['text'] as const)
        for (const kind of kinds) {
          const problem = fieldRightProblem(kind, right)
          if (problem) throw refuse(`${where}: ${problem}`)
        }
        if (fields.some(({ layer }) => layer === 'system')) throw refuse(`${where}: fields of the system cannot be restricted`)
      }
    }
  }
}

function refuse(reason: string) {
  return crmError('PARAMETER_INVALID', { name: 'access', reason })
}
