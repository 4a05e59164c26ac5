// The test of every day, with many more places at which a connection is cut, and two seconds each way.
process.env.NETWORK_CUTS ??= '60'
process.env.NETWORK_LATENCY ??= '200'
await import('../faults/network.test.ts')
