// The test of every day with ten thousand changes and two hundred workers killed.
process.env.WORK_CHANGES ??= '10000'
process.env.WORK_KILLS ??= '100'
await import('../work/kill.test.ts')
