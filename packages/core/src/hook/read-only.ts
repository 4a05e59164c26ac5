import type { Values } from './hook-record.ts'

const refuse = (): boolean => false

/**
 * A view instead of a frozen copy: freezing a record costs more than most hooks, and what the write runner gives back to the caller
 * must not be frozen.
 */
const handler: ProxyHandler<Values> = {
  get(target, name) {
    const value: unknown = Reflect.get(target, name, target)
    return typeof value === 'object' && value !== null ? frozenCopy(value) : value
  },
  set: refuse,
  defineProperty: refuse,
  deleteProperty: refuse,
  setPrototypeOf: refuse,
  preventExtensions: refuse,
}

/** The record as handlers may see it: every attempt to change it throws. Lists and objects in it come as frozen copies. */
export function readOnly(values: Values): Values {
  return Object.isFrozen(values) ? frozenCopy(values) : new Proxy(values, handler)
}

function frozenCopy<T extends object>(value: T): T {
  if (Array.isArray(value)) return Object.freeze(value.map(frozenMember)) as unknown as T
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, member]) => [name, frozenMember(member)]))) as T
}

function frozenMember(member: unknown): unknown {
  return typeof member === 'object' && member !== null ? frozenCopy(member) : member
}
