import type { Endpoint } from '@guanxi/core'
import { operation, query } from './operation.ts'

type Json = Readonly<Record<string, unknown>>

/** Routes of plugins that their reader may call. */
export function pluginPaths(endpoints: readonly (Endpoint & { readonly plugin: string })[]): Json {
  const paths: Record<string, Json> = {}
  for (const endpoint of endpoints) {
    const path = `/api/plugins/${endpoint.plugin}/${endpoint.path}`
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) }
  }
  return paths
}

function operationOf({ plugin, path, method, input, output }: Endpoint & { readonly plugin: string }): Json {
  const parts = {
    id: `${plugin}.${method.toLowerCase()}.${path.replaceAll('/', '.')}`,
    tag: plugin,
    summary: `${plugin}: ${path}`,
    answer: output,
  }
  if (method === 'POST') return operation({ ...parts, body: input })
  const properties = Object.entries((input.properties ?? {}) as Readonly<Record<string, Json>>)
  return operation({ ...parts, parameters: properties.map(([name, schema]) => query(name, schema, name)) })
}
