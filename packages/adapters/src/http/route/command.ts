import { type Command, crmError, type Reason, valueOrThrow } from '@guanxi/core'
import { json, type Reply } from '../reply/reply.ts'
import { readObject } from '../request/body.ts'
import { checkInput } from '../request/endpoint-input.ts'
import { readQuery } from '../request/query.ts'
import { recordLimits } from './limits.ts'
import { type Call, param } from './route.ts'

/** Carries a command out: its value, or 409 with the reasons. */
export async function runCommand(call: Call): Promise<Reply> {
  const { command, input } = await commandOf(call)
  const result = await call.session.run(command, input as never)
  return json({ value: valueOrThrow(result) ?? null })
}

/** Every reason against a command, without carrying it out. */
export async function previewCommand(call: Call): Promise<Reply> {
  const { command, input } = await commandOf(call)
  const { allowed, reasons } = await call.session.preview(command, input as never)
  const view = { locale: call.identity.locale ?? call.exchange.header('accept-language') }
  return json({ allowed, reasons: reasons.map((reason: Reason) => reason.toBody(view)) })
}

async function commandOf(call: Call): Promise<{ command: Command; input: unknown }> {
  const { crm, exchange, settings } = call
  readQuery(exchange.query, [])
  const id = param(call, 'command')
  const command = crm.contributions.commands.find((one) => one.id === id)
  if (!command) throw crmError('COMMAND_UNKNOWN', { command: id.slice(0, 100) })
  const input = await readObject(exchange, recordLimits(settings))
  checkInput(command.input, input)
  return { command, input }
}
