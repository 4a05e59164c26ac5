import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { toNodeHandler } from '@guanxi/adapters/http'
import { collectGarbage } from './contender.ts'
import type { Place } from './database.ts'
import { openCrm } from './open-crm.ts'

/** Questions of the parent process. */
export type Question = 'usage' | 'settle' | 'close'

/** A host in a process of its own: Guanxi behind `node:http`. Its parent asks what it has used up. */
async function serve(place: Place): Promise<void> {
  const { crm, usage } = await openCrm(place)
  const server = createServer(toNodeHandler(crm))
  server.keepAliveTimeout = 600_000
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
  process.on('message', async (question: Question) => {
    if (question === 'usage') process.send?.(usage())
    if (question === 'settle') {
      collectGarbage()
      process.send?.({})
    }
    if (question !== 'close') return
    server.closeAllConnections()
    server.close()
    await crm.close()
    process.disconnect?.()
  })
}

await serve(JSON.parse(process.argv[2] ?? '') as Place)
