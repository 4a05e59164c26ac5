// The crash test of every day, with two hundred kills: a hundred on each engine.
process.env.CRASH_KILLS ??= '100'
await import('../crash/crash.test.ts')
