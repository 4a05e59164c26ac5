import { harborCrm } from './crm.ts'
import { openDatabase } from './database.ts'
import { createOrderTable } from './orders.ts'
import { directory } from './people.ts'
import { isEmpty, seed } from './seed/run.ts'
import { harborServer } from './shop.ts'

const port = Number(process.env.PORT ?? 3000)

async function start(): Promise<void> {
  const database = openDatabase(process.env.DATABASE_URL)
  await createOrderTable(database.shop)
  if (await isEmpty(database.shop)) await seed(process.env.DATABASE_URL, (line) => process.stdout.write(`${line}\n`))
  const crm = harborCrm(database)
  await crm.open()
  await crm.directory.put(directory)
  await crm.run()
  const server = harborServer(crm, database.shop)

  let closing = false
  const close = async (code: number): Promise<void> => {
    if (closing) return
    closing = true
    server.closeAllConnections()
    server.close()
    await crm.close()
    await database.shop.destroy()
    process.exit(code)
  }

  server.once('error', (error: NodeJS.ErrnoException) => {
    const busy = error.code === 'EADDRINUSE'
    process.stderr.write(busy ? `Port ${port} is in use. Choose another: PORT=${port + 1} npm start\n` : `${error.message}\n`)
    void close(1)
  })
  server.listen(port, () => process.stdout.write(`Harbor Trading 海蓝贸易: http://localhost:${port}  (${database.name})\n`))
  process.once('SIGINT', () => void close(0))
  process.once('SIGTERM', () => void close(0))
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
