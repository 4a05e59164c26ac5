import { afterAll, beforeAll, describe } from 'vitest'
import { writing } from './behaviours/writing.ts'
import type { Subject } from './subject.ts'

/** Everything a store must do, run over every implementation. */
export function storeSuite(name: string, make: () => Promise<Subject>): void {
  describe(name, () => {
    let current: Subject
    beforeAll(async () => {
      current = await make()
    })
    afterAll(() => current?.close())
    const subject = (): Subject => current

    describe('writing', () => writing(subject))
  })
}
