// Jobs that end their process in every way there is.
process.env.WORK_DEATHS ??= 'exits,breaks,swells'
await import('../work/processes.test.ts')
