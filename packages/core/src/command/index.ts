export { type CheckContext, type Command, type CommandCheck, type CommandContext, type CommandPreview, defineCommand } from './command.ts'
export { type CommandResult, denied, ok, valueOrThrow } from './result.ts'
