import { directoryDefinition } from '../directory/path-definitions.ts'
import type { ObjectDefinition } from '../object/definition.ts'
import type { Tenant } from './tenants.ts'

/** The tenant's objects by name, and the people and teams that paths lead to. */
export const definitionsOf =
  (tenant: Pick<Tenant, 'runtime'>) =>
  (object: string): ObjectDefinition =>
    directoryDefinition(object) ?? tenant.runtime(object).definition
