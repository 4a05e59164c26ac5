import { openDatabase } from './database.ts'
import { createOrderTable } from './orders.ts'
import { isEmpty, seed } from './seed/run.ts'

/** `npm run seed`: fills an empty database; one with data stays as it is. */
const url = process.env.DATABASE_URL
const { shop, name } = openDatabase(url)
await createOrderTable(shop)
const empty = await isEmpty(shop)
await shop.destroy()
if (empty) await seed(url, (line) => process.stdout.write(`${line}\n`))
else process.stdout.write(`${name} already has data; remove it to start over.\n`)
