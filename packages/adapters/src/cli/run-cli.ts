import { CrmError } from '@guanxi/core'
import { readArguments } from './arguments.ts'
import { exit } from './exit.ts'
import { readExportArguments } from './export-arguments.ts'
import { exportCommand } from './export-command.ts'
import { importCommand } from './import-command.ts'
import { localeOf, type Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'
import { say } from './words.ts'

/** The command line: says what went wrong in the reader's language and answers the exit code; never ends the process itself. */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<number> {
  const locale = localeOf(terminal)
  const [command, ...rest] = argv
  try {
    if (command === undefined || command === '--help' || command === 'help') return help()
    if (command === 'import') {
      const args = readArguments(rest)
      return args === 'help' ? help() : await importCommand(args, terminal)
    }
    if (command !== 'export') throw new UsageError('unknownCommand', { command })
    const args = readExportArguments(rest)
    return args === 'help' ? help('helpExport') : await exportCommand(args, terminal)
  } catch (error) {
    terminal.err(`${sentence(error)}\n`)
    return exit.failed
  }

  function help(sentence: 'help' | 'helpExport' = 'help'): number {
    terminal.out(say(sentence, locale))
    return exit.well
  }

  function sentence(error: unknown): string {
    if (error instanceof UsageError) return error.in(locale)
    if (!(error instanceof CrmError)) return error instanceof Error ? error.message : String(error)
    const { code, message, hint } = error.toBody(locale)
    return hint === null ? `${code}: ${message}` : `${code}: ${message} ${hint}`
  }
}
