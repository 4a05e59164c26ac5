import { startPostgres } from '/work/main/test/support/postgres-server.ts'
const s = await startPostgres(); console.log(s.url); 
process.on('SIGTERM', async () => { await s.stop(); process.exit(0) })
setInterval(() => {}, 1000)
