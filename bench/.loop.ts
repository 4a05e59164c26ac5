import { spawn } from 'node:child_process'
import { openArena } from '/work/main/bench/arena.ts'

const [engine, operation, name, secs] = process.argv.slice(2)
const arena = await openArena(engine as never)
const c = arena.contenders.find((c) => c.name.includes(name!))!
await c.seed(3000)
await arena.ready()
const work = c.work[operation as 'create']!
for (let i = 0; i < 6000; i++) await work()
const perf = spawn(
  'perf',
  ['record', '-q', '-e', 'cpu-clock', '-F', '4000', '-p', String(process.pid), '-o', '/tmp/perf.data', ...(process.env.G ? ['-g'] : [])],
  { stdio: ['ignore', 'inherit', 'inherit'] },
)
await new Promise((r) => setTimeout(r, 700))
const a = process.cpuUsage(),
  t = performance.now()
let n = 0
while (performance.now() - t < Number(secs) * 1000) {
  await work()
  n++
}
const b = process.cpuUsage(a)
console.log(name, 'n', n, 'cpu/op', ((b.user + b.system) / n).toFixed(1), 'wall/op', (((performance.now() - t) * 1000) / n).toFixed(1))
perf.kill('SIGINT')
await new Promise((r) => perf.on('exit', r))
await arena.close()
