// The ledger's crash test of every day, with sixteen processes, each killed eight times, on both engines.
process.env.LEDGER_POSTERS ??= '16'
process.env.LEDGER_ROUNDS ??= '8'
await import('../crash/ledger.test.ts')
