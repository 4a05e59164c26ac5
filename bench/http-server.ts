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
  process.on('message', (question: Question) => {
    if (question === 'close') process.disconnect?.()
    else if (question === 'usage') process.send?.(usage())
    else {
      collectGarbage()
      process.send?.({})
    }
  })
  // Also when the parent is gone without a word.
  process.once('disconnect', async () => {
    server.closeAllConnections()
    server.close()
    await crm.close()
  })
}

await serve(JSON.parse(process.argv[2] ?? '') as Place)
