import type { Identity } from '../access/actor.ts'
import type { CheckContext, Command, CommandContext, CommandPreview } from '../command/command.ts'
import { type CommandResult, denied, ok } from '../command/result.ts'
import { allReasons, firstReasons } from '../command/run-checks.ts'
import { crmError } from '../error/crm-error.ts'
import { enqueueJob } from '../job/enqueue.ts'
import { sendMessage } from '../message/send.ts'
import type { ObjectHandle } from '../object/handle.ts'
import { coreReasons } from '../reason/core-reasons.ts'
import type { Reason } from '../reason/reason.ts'
import { createRecords } from '../record/create-records.ts'
import { atOneTime, inUnit, nowOf, type Scope } from '../scope/scope.ts'
import { createDecisions } from './decisions.ts'
import { createLedgers } from './ledgers.ts'

/** Leaves a command that found out late that it must not be done; the transaction takes back what it wrote. */
class Denial extends Error {
  override readonly name = 'Denial'
  readonly reasons: readonly [Reason, ...Reason[]]

  constructor(reasons: readonly [Reason, ...Reason[]]) {
    super(reasons.map(({ code }) => code).join(', '))
    this.reasons = reasons
  }
}

/** Carries a command out in one transaction: its checks in their order, then what it does. */
export async function runCommand<I, T>(scope: Scope, identity: Identity, command: Command<I, T>, input: I): Promise<CommandResult<T>> {
  requireKnown(scope, command)
  if (!mayCall(scope, command)) return denied(coreReasons.make.no_permission())
  try {
    return await inUnit(scope, async (unit) => {
      const context = checkContext(unit, identity)
      const [first, ...more] = await firstReasons(command.checks, input, context)
      if (first) return denied(first, ...more)
      return ok(await command.run(input, commandContext(unit, context)))
    })
  } catch (error) {
    if (error instanceof Denial) return denied(...error.reasons)
    throw error
  }
}

/** Every reason against a command, without carrying it out. */
export async function previewCommand<I, T>(scope: Scope, identity: Identity, command: Command<I, T>, input: I): Promise<CommandPreview> {
  requireKnown(scope, command)
  const permission = mayCall(scope, command) ? [] : [coreReasons.make.no_permission()]
  const reasons = [...permission, ...(await allReasons(command.checks, input, checkContext(atOneTime(scope), identity)))]
  return { allowed: reasons.length === 0, reasons }
}

/** A command counts only where its plugin does. */
function requireKnown({ kernel }: Scope, { id }: Pick<Command, 'id'>): void {
  if (!kernel.contributions.commands.some((known) => known.id === id))
    throw crmError('COMMAND_UNKNOWN', { command: String(id).slice(0, 100) })
}

function mayCall({ actor, privileged }: Scope, { roles }: Pick<Command, 'roles'>): boolean {
  return privileged || actor.kind === 'system' || roles === '*' || actor.roles.some((role) => roles.includes(role))
}

function checkContext(scope: Scope, identity: Identity): CheckContext {
  const { kernel, actor } = scope
  return {
    identity: { ...identity, tenant: actor.tenant },
    now: nowOf(scope),
    records: <T extends object>(object: ObjectHandle<T>) => createRecords<T>(scope, object.name),
    settings: kernel.settingsReader(scope),
    workingTime: (question) => kernel.calendars(scope, question),
    ledgers: createLedgers({ ...scope, privileged: true }),
    decisions: createDecisions({ ...scope, privileged: true }),
    service: (ref) => kernel.container.resolve(ref),
  }
}

function commandContext(scope: Scope, context: CheckContext): CommandContext {
  return {
    ...context,
    messages: { send: (message) => sendMessage({ ...scope, privileged: true }, message) },
    system: <T extends object>(object: ObjectHandle<T>) => createRecords<T>({ ...scope, privileged: true }, object.name),
    enqueue: (job, input, options) => enqueueJob(scope, job, input, options),
    deny: (...reasons) => {
      throw new Denial(reasons)
    },
  }
}
