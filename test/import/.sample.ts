import pg from 'pg'
const url = process.argv[2]
const c = new pg.Client({ connectionString: url }); await c.connect()
const counts = new Map()
const end = Date.now() + Number(process.argv[3]) * 1000
while (Date.now() < end) {
  const { rows } = await c.query("select left(query, 160) q, state, wait_event from pg_stat_activity where pid <> pg_backend_pid() and datname=current_database()")
  for (const r of rows) { const k = r.state + '|' + (r.wait_event ?? '') + '|' + r.q.replace(/\s+/g,' '); counts.set(k, (counts.get(k) ?? 0) + 1) }
  await new Promise(r => setTimeout(r, 20))
}
for (const [k, v] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, 25)) console.log(v, k)
await c.end()
