import { createServer, type RequestListener, type Server } from 'node:http'
import { harborCrm } from './crm.ts'
import { openDatabase } from './database.ts'
import { createOrderTable } from './orders.ts'
import { directory } from './people.ts'
import { isEmpty, seed } from './seed/run.ts'
import { harborListener } from './shop.ts'

const port = Number(process.env.PORT ?? 3000)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Until the shop is open, visitors wait a second and ask again. */
const opening: RequestListener = (_, response) => {
  response
    .writeHead(503, { 'retry-after': '1', refresh: '1', 'content-type': 'text/plain; charset=utf-8' })
    .end('正在准备演示数据… Making up demo data…')
}

async function start(): Promise<void> {
  let answer = opening
  const server = createServer((request, response) => answer(request, response))
  await listen(server)
  const url = process.env.DATABASE_URL
  const database = openDatabase(url)
  await createOrderTable(database.shop)
  if (await isEmpty(database.shop)) await seed(url, say)
  const crm = harborCrm(database)
  await crm.open()
  await crm.directory.put(directory)
  await crm.run()
  answer = harborListener(crm, database.shop)
  say(`海蓝贸易 Harbor Trading: http://localhost:${port}  (${database.name})`)

  const close = async (): Promise<void> => {
    server.close()
    server.closeAllConnections()
    await crm.close()
    await database.shop.destroy()
    process.exit(0)
  }
  process.once('SIGINT', () => void close())
  process.once('SIGTERM', () => void close())
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is in use. Choose another: PORT=${port + 1} npm start`) : error),
    )
    server.listen(port, resolve)
  })
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
