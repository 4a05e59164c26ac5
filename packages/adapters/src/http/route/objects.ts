import { crmError, definitionView, type PropertySchema, type ValidationSchema } from '@guanxi/core'
import { json, type Reply } from '../reply/reply.ts'
import { readObject } from '../request/body.ts'
import { isObject } from '../request/parameter.ts'
import { readQuery } from '../request/query.ts'
import { closedKeys } from '../request/shape.ts'
import { recordLimits } from './limits.ts'
import { type Call, param } from './route.ts'

/** The objects the actor may read. */
export async function objects({ exchange, session }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  const definitions = await session.definitions.list()
  return json({
    objects: definitions.map((definition) => definitionView(definition, session.allowed(definition.name))),
    operators: session.definitions.operators(),
  })
}

export async function object(call: Call): Promise<Reply> {
  readQuery(call.exchange.query, [])
  const definition = await call.session.definitions.get(param(call, 'object'))
  return json(definitionView(definition, call.session.allowed(definition.name)))
}

/** Adds an admin field. */
export async function addField(call: Call): Promise<Reply> {
  const { exchange, session, settings } = call
  readQuery(exchange.query, [])
  const body = await readObject(exchange, recordLimits(settings))
  closedKeys(body, ['name', 'property'])
  const { name, property } = body
  if (typeof name !== 'string' || !isObject(property)) throw crmError('BODY_INVALID', { expected: '{ name: string, property: {…} }' })
  const definition = await session.definitions.addField(param(call, 'object'), name, property as PropertySchema)
  return json(definitionView(definition, session.allowed(definition.name)), 201)
}

/** Adds something that must hold across fields. */
export async function addValidation(call: Call): Promise<Reply> {
  const { exchange, session, settings } = call
  readQuery(exchange.query, [])
  const body = await readObject(exchange, recordLimits(settings))
  const definition = await session.definitions.addValidation(param(call, 'object'), body as unknown as ValidationSchema)
  return json(definitionView(definition, session.allowed(definition.name)), 201)
}

/** Takes back a validation that an admin added. */
export async function removeValidation(call: Call): Promise<Reply> {
  const { exchange, session } = call
  readQuery(exchange.query, [])
  const definition = await session.definitions.removeValidation(param(call, 'object'), param(call, 'validation'))
  return json(definitionView(definition, session.allowed(definition.name)))
}
