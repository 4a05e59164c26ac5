import { createServer, type RequestListener, type Server } from 'node:http'
import { harborCrm } from './crm.ts'
import { type Database, openDatabase } from './database.ts'
import { createOrderTable } from './orders.ts'
import { directory } from './people.ts'
import { isEmpty, seed } from './seed/run.ts'
import { harborListener } from './shop.ts'

const port = Number(process.env.PORT || 3000)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Until the shop is open, visitors wait a second and ask again. */
const opening: RequestListener = (_, response) => {
  response
    .writeHead(503, { 'retry-after': '1', refresh: '1', 'content-type': 'text/plain; charset=utf-8' })
    .end('正在准备演示数据… Making up demo data…')
}

async function start(): Promise<void> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT=${process.env.PORT} is not a port: a number from 0 to 65535.`)
  const url = process.env.DATABASE_URL || undefined
  const database = openDatabase(url)
  let answer = opening
  const server = createServer((request, response) => answer(request, response))
  await listen(server)
  await reach(database)
  await createOrderTable(database.shop)
  if (await isEmpty(database.shop)) await seed(url, say)
  const crm = harborCrm(database)
  await crm.open()
  await crm.directory.put(directory)
  await crm.run()
  answer = harborListener(crm, database.shop)
  say(`海蓝贸易 Harbor Trading: http://localhost:${port}  (${database.name})`)

  let isClosing = false
  const close = async (): Promise<void> => {
    // A terminal tells the whole family of processes, and npm tells it again.
    if (isClosing) return
    isClosing = true
    server.close()
    server.closeAllConnections()
    await crm.close()
    await database.shop.destroy()
    process.exit(0)
  }
  process.on('SIGINT', () => void close())
  process.on('SIGTERM', () => void close())
}

/** Says what is wrong with the database before anything is asked of it. */
async function reach({ shop, name }: Database): Promise<void> {
  await shop.raw('SELECT 1').catch((error: NodeJS.ErrnoException) => {
    const reason = error.message || error.code
    throw new Error(`The database cannot be opened: ${name} (${reason}). Choose another: DATABASE_URL=postgres://… or a file.`)
  })
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
