import { expect, test } from 'vitest'
import { newSalt } from '../../src/id/salt.ts'
import { isUuid, newId } from '../../src/id/uuid7.ts'

test('ids are UUIDv7 and sort in the order they were made', () => {
  const ids = Array.from({ length: 10_000 }, newId)
  expect(ids.every((id) => isUuid(id) && id[14] === '7')).toBe(true)
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})

test.each([
  '',
  'x',
  '0190a5f0-0000-7000-8000-00000000000',
  '0190a5f0-0000-7000-8000-0000000000000',
  '0190a5f0-0000-7000-8000-00000000000g',
  `0190a5f0-0000-7000-8000-00000000000a\n`,
  null,
  5,
])('%j is no UUID', (value) => expect(isUuid(value)).toBe(false))

test('salts are 128 bits in hex, and none comes twice', () => {
  const salts = Array.from({ length: 2_000 }, newSalt)
  expect(salts.every((salt) => /^[0-9a-f]{32}$/.test(salt))).toBe(true)
  expect(new Set(salts).size).toBe(salts.length)
})
