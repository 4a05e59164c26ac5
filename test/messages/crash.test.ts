import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sqlite } from '@guanxi/adapters/sqlite'
import type { MessageSend } from '@guanxi/core'
import { expect, onTestFinished, test } from 'vitest'
import { openDesk, outbox } from './setting.ts'

const sender = fileURLToPath(new URL('hanging-sender.ts', import.meta.url))

/** Lets a process begin to hand a message over, kills it there, and lets another one go on. */
async function killWhileHandingOver(id: string, repeats: 'once' | 'again') {
  const folder = await mkdtemp(join(tmpdir(), 'guanxi-messages-'))
  const file = join(folder, 'crm.db')
  const child = spawn(process.execPath, ['--conditions=source', sender, file, id, repeats], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const [line] = await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await exited
  const channel = outbox(id, { reaches: id === 'email' ? 'email' : 'group', repeats })
  const crm = await openDesk({ store: () => sqlite(file) }, [channel], {})
  onTestFinished(async () => {
    await crm.close()
    await rm(folder, { recursive: true, force: true })
  })
  crm.clock.now = Date.now() + 1_000
  const send = async (): Promise<MessageSend | undefined> => {
    await crm.flush()
    return (await crm.user().messages.find()).sends.find((one) => one.id === String(line).trim())
  }
  return { id: String(line).trim(), channel, send }
}

test('attack:K04 a process killed while it hands an e-mail over: another sends it again under the same id', async () => {
  const { id, channel, send } = await killWhileHandingOver('email', 'once')
  await expect.poll(async () => (await send())?.state, { timeout: 10_000 }).toBe('sent')
  expect(channel.taken.map((message) => [message.id, message.attempt])).toEqual([[id, 2]])
})

test('attack:K04 a process killed while it tells a robot: nobody tells it twice, a person decides', async () => {
  const { channel, send } = await killWhileHandingOver('room', 'again')
  await expect.poll(async () => (await send())?.state, { timeout: 10_000 }).toBe('unknown')
  expect(channel.taken).toEqual([])
})
