// The import that is killed, of every day, with forty kills on each engine.
process.env.IMPORT_KILLS ??= '40'
await import('../import/crash/crash.test.ts')
