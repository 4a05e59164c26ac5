import { sqlite } from '@guanxi/adapters/sqlite'
import { contact, contactPoint } from '@guanxi/core/standard'
import { createTestCrm } from '@guanxi/core/testing'
import { consent, consentDenial, consentState, consents, stricterConsent } from '@guanxi/plugins'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'

async function open() {
  const crm = await createTestCrm({ store: sqlite(':memory:', { driver: 'better-sqlite3' }), plugins: [consents()] })
  onTestFinished(() => crm.close())
  const user = crm.user()
  const { id } = await user.records(contact).create({ name: '钱女士' })
  const subject = { object: 'contact', id }
  const say = (state: 'granted' | 'refused' | 'withdrawn', extra: object = {}) =>
    user.records(consent).create({ subject, purpose: 'marketing', state, source: '展会登记表', ...extra })
  const code = async (contactPointId?: string) =>
    (await consentDenial(user, { subject, purpose: 'marketing', contactPointId }))?.code ?? null
  return { crm, user, subject, say, code }
}

describe('semantics:0.10 consent', () => {
  test('is per purpose, dated, and the last word counts', async () => {
    const { crm, user, subject, say, code } = await open()
    expect(await code()).toBe('consent_unknown')
    expect((await say('granted')).at).toBe(crm.clock.now)
    expect(await code()).toBeNull()
    expect((await consentDenial(user, { subject, purpose: 'service' }))?.code).toBe('consent_unknown')
    crm.clock.now += 1_000
    await say('withdrawn')
    expect(await code()).toBe('consent_refused')
    await say('granted', { at: crm.clock.now - 5_000 })
    expect(await code()).toBe('consent_refused')
  })

  test('a contact point may have its own, and the stricter of the two counts', async () => {
    const { crm, user, subject, say, code } = await open()
    const { id: phone } = await user.records(contactPoint).create({ kind: 'phone', value: '13800138000', subject })
    const { id: mail } = await user.records(contactPoint).create({ kind: 'email', value: 'q@example.com', subject })
    await say('granted')
    crm.clock.now += 1_000
    await say('refused', { contactPointId: phone })
    expect([await code(phone), await code(mail), await code()]).toEqual(['consent_refused', null, null])
    crm.clock.now += 1_000
    await say('granted', { contactPointId: phone })
    await say('withdrawn')
    expect([await code(phone), await code(mail)]).toEqual(['consent_refused', 'consent_refused'])
  })

  test('what was said is never rewritten', async () => {
    const { user, say } = await open()
    const { id, version } = await say('granted')
    await expect(user.records(consent).update({ id, version }, { state: 'refused' })).rejects.toMatchObject({ code: 'CONSENT_KEPT' })
    await expect(user.records(consent).remove({ id, version })).rejects.toMatchObject({ code: 'CONSENT_KEPT' })
    await expect(
      user.records(consent).create({ purpose: 'x', state: 'granted', subject: { object: 'contact', id } } as never),
    ).rejects.toThrow()
  })

  test('in a merge the stricter state survives, whatever the order', () => {
    const states = fc.constantFrom('granted', 'refused', 'withdrawn', 'unknown') as fc.Arbitrary<'granted'>
    fc.assert(
      fc.property(states, states, states, (a, b, c) => {
        expect(stricterConsent(a, b)).toBe(stricterConsent(b, a))
        expect(stricterConsent(stricterConsent(a, b), c)).toBe(stricterConsent(a, stricterConsent(b, c)))
        expect(stricterConsent(a, a)).toBe(a)
      }),
    )
    expect(stricterConsent('granted', 'refused')).toBe('refused')
    expect(stricterConsent('granted', 'unknown')).toBe('unknown')
  })

  test('two words at the same moment: the stricter', () => {
    const at = 5
    expect(
      consentState([
        { state: 'granted', at, contactPointId: null },
        { state: 'refused', at, contactPointId: null },
      ] as never),
    ).toBe('refused')
    expect(consentState([])).toBe('unknown')
  })
})
