import { describe, expect, it } from 'vitest'
import { nestValues, readField, sameValue } from '../src/client/record.ts'
import { RecordStore } from '../src/client/store.ts'
import type { CrmRecord } from '../src/client/types.ts'

const record = (values: Partial<CrmRecord>): CrmRecord => ({ id: 'd1', version: 1, ...values })

describe('The record store', () => {
  it('keeps the newest version and tells about news only', () => {
    const store = new RecordStore()
    const heard: unknown[] = []
    store.merge('deal', [record({ name: 'a' })])
    store.subscribe((event) => heard.push(event.after?.name))
    store.merge('deal', [record({ name: 'a' })])
    store.merge('deal', [record({ version: 3, name: 'c' })])
    store.merge('deal', [record({ version: 2, name: 'b' })])
    expect(store.get('deal', 'd1')?.name).toBe('c')
    expect(heard).toEqual(['c'])
  })

  it('gives the inverse of a patch, and the inverse takes it back', () => {
    const store = new RecordStore()
    store.merge('deal', [record({ stageId: 's1', name: 'a' })])
    const inverse = store.patch('deal', 'd1', { stageId: 's2' })
    expect(store.get('deal', 'd1')?.stageId).toBe('s2')
    store.patch('deal', 'd1', inverse)
    expect(store.get('deal', 'd1')).toMatchObject({ stageId: 's1', name: 'a' })
  })

  it('knows what a reference points to as long as the reference is the same', () => {
    const store = new RecordStore()
    const related = { customerId: { id: 'c1', name: '云杉智造' }, ownerId: { id: 'u1', name: '李' } }
    store.merge('deal', [record({ customerId: 'c1', ownerId: 'u1', related })])
    store.commit('deal', record({ version: 2, customerId: 'c2', ownerId: 'u1' }))
    expect(store.get('deal', 'd1')?.related).toEqual({ ownerId: related.ownerId })
  })

  it('stops telling who unsubscribed', () => {
    const store = new RecordStore()
    let heard = 0
    const stop = store.subscribe(() => heard++)
    store.commit('deal', record({}))
    stop()
    store.commit('deal', record({ version: 2 }))
    expect(heard).toBe(1)
  })
})

describe('Record values', () => {
  it('read and nest admin fields under custom', () => {
    expect(readField({ custom: { size: 3 } }, 'custom.size')).toBe(3)
    expect(
      nestValues(
        new Map<string, unknown>([
          ['name', 'a'],
          ['custom.size', 3],
        ]),
      ),
    ).toEqual({ name: 'a', custom: { size: 3 } })
  })

  it.each([
    [null, undefined, true],
    ['', null, true],
    [[], null, true],
    [0, null, false],
    [false, null, false],
    [{ minor: 1, currency: 'CNY' }, { currency: 'CNY', minor: 1 }, true],
    [{ minor: 1, currency: 'CNY' }, { minor: 1, currency: 'USD' }, false],
    [['a', 'b'], ['a', 'b'], true],
    [['a', 'b'], ['b', 'a'], false],
  ])('compare %j and %j: %s', (a, b, same) => {
    expect(sameValue(a, b)).toBe(same)
    expect(sameValue(b, a)).toBe(same)
  })

  it('changes one field of the tenant and leaves the others, there and back', () => {
    const store = new RecordStore()
    store.merge('deal', [{ id: 'a', version: 1, custom: { size: 1, colour: 'red' } }])
    const inverse = store.patch('deal', 'a', { custom: { size: 2, tone: 'x' } })
    expect(store.get('deal', 'a')?.custom).toEqual({ size: 2, colour: 'red', tone: 'x' })
    store.patch('deal', 'a', inverse)
    expect(store.get('deal', 'a')?.custom).toEqual({ size: 1, colour: 'red', tone: null })
  })
})
