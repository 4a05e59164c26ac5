// The test of every day, with imports and jobs.
process.env.FAILING_ALL ??= 'yes'
await import('../faults/failing-calls.test.ts')
