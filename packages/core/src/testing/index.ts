export { createTestCrm, type TestClock, type TestCrm, type TestCrmOptions } from './create-test-crm.ts'
export { decideAll } from './decide-all.ts'
export { digestMatches } from './digest-matches.ts'
