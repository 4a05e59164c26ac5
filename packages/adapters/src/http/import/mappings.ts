import type { ImportMapping } from '../../import/map/mapping.ts'
import { empty, json, type Reply } from '../reply/reply.ts'
import { readQuery } from '../request/query.ts'
import { type Call, param } from '../route/route.ts'
import { importBodies } from './body-schema.ts'
import { importBody } from './import-body.ts'
import { importTools } from './import-call.ts'

/** Mappings kept for the next file of their kind; the tenant shares them. */
export async function listMappings(call: Call): Promise<Reply> {
  const { object } = readQuery(call.exchange.query, ['object'])
  return json({ mappings: await importTools(call).importer.mappings.list(object) })
}

export async function saveMapping(call: Call): Promise<Reply> {
  const { importer } = importTools(call)
  const { mapping } = await importBody<{ readonly mapping: ImportMapping }>(call, importBodies.mapping)
  const name = param(call, 'name')
  await importer.mappings.save(name, mapping)
  return json({ name, mapping })
}

export async function removeMapping(call: Call): Promise<Reply> {
  readQuery(call.exchange.query, [])
  await importTools(call).importer.mappings.remove(param(call, 'name'))
  return empty()
}
