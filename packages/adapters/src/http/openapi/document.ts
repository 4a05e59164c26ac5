import type { Command, definitionView, Endpoint } from '@guanxi/core'
import { commandPaths } from './command-paths.ts'
import { deciderPaths } from './decider-paths.ts'
import { deciderSchemas } from './decider-schemas.ts'
import { exportPaths } from './export-paths.ts'
import { fixedPaths } from './fixed-paths.ts'
import { fixedSchemas } from './fixed-schemas.ts'
import { importPaths, importSchemas } from './import-paths.ts'
import { messagePaths, messageSchemas } from './message-paths.ts'
import { objectPaths } from './object-paths.ts'
import { objectSchemas } from './object-schemas.ts'
import { responses } from './operation.ts'
import { operationPaths, operationSchemas } from './operation-paths.ts'
import { pluginPaths } from './plugin-paths.ts'
import { inboundPaths, webhookPaths, webhookSchemas } from './webhook-paths.ts'

/** An object as clients see it. */
export type ObjectView = ReturnType<typeof definitionView>

/** What the document is about. */
export interface OpenApiSource {
  readonly objects: readonly ObjectView[]
  readonly endpoints: readonly (Endpoint & { readonly plugin: string })[]
  readonly commands: readonly Command[]
  readonly server: string
  readonly locale: string | undefined
}

/** OpenAPI 3.1 of one actor's view: every route, one set of schemas per object. */
export function openApiDocument({ objects, endpoints, commands, server, locale }: OpenApiSource): Readonly<Record<string, unknown>> {
  const imports = objects.some(({ name, permissions }) => name === 'import_job' && permissions.includes('create'))
  return {
    openapi: '3.1.0',
    info: { title: 'Guanxi', version: '0.1.0', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: server }],
    paths: Object.assign(
      {},
      fixedPaths,
      operationPaths,
      messagePaths,
      webhookPaths,
      inboundPaths,
      deciderPaths,
      imports && importPaths,
      exportPaths(objects),
      ...objects.map((object) => objectPaths(object, locale)),
      pluginPaths(endpoints),
      commandPaths(commands),
    ),
    components: {
      schemas: Object.assign(
        {},
        fixedSchemas,
        operationSchemas,
        webhookSchemas,
        messageSchemas,
        deciderSchemas,
        imports && importSchemas,
        ...objects.map((object) => objectSchemas(object, locale)),
      ),
      responses,
    },
  }
}
