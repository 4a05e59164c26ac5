import type { Identity } from '../access/actor.ts'
import { createCrm } from '../crm/create-crm.ts'
import type { Crm, CrmOptions, Session } from '../crm/crm.ts'

/** A clock that stands still until it is moved. */
export interface TestClock {
  /** Milliseconds since the epoch. */
  now: number
}

/** What a test may choose; the rest is the same for every test. */
export interface TestCrmOptions extends Omit<CrmOptions<Identity>, 'clock' | 'identify'> {
  /** Where the clock starts: 2026-03-02 09:00 in Shanghai unless said. */
  readonly now?: number
}

/** A CRM that is open, with a clock of its own. */
export interface TestCrm extends Crm<Identity> {
  readonly clock: TestClock
  /** The CRM as an administrator of the tenant `test`, or as somebody else. */
  user(identity?: Partial<Identity>): Session
}

/** Opens a CRM for a test, in the tenant `test`. Close it afterwards. */
export async function createTestCrm(options: TestCrmOptions): Promise<TestCrm> {
  const { now = Date.parse('2026-03-02T01:00:00Z'), ...rest } = options
  const clock: TestClock = { now }
  const crm = createCrm<Identity>({ tenant: 'test', ...rest, clock: () => clock.now, identify: (identity) => identity })
  await crm.open()
  const user = (identity: Partial<Identity> = {}): Session => crm.as({ id: 'ada', roles: ['admin'], ...identity })
  return Object.assign(crm, { clock, user })
}
