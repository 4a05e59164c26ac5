// tsyringe needs the Reflect metadata polyfill even without decorators. It is the one global this package touches, and nothing
// outside this file knows of either: services are found by typed refs only, so the container can be replaced.
import 'reflect-metadata'
import { type DependencyContainer, instanceCachingFactory, container as tsyringe } from 'tsyringe'
import { crmError } from '../error/crm-error.ts'
import type { Contributions } from './contributions.ts'
import type { ProvidedService } from './recording.ts'
import type { Service } from './service.ts'

/** The services of one CRM instance. */
export interface Container {
  /** The service, made with everything it needs when first asked for. Throws SERVICE_UNKNOWN. */
  resolve<T>(ref: Service<T>): T
  /** Closes services that can be closed, the last made first. All are tried; the first failure is thrown at the end. */
  close(): Promise<void>
}

/** Makes the container of one instance. Nothing is shared with another, and nothing is made yet. */
export function createContainer(contributions: Pick<Contributions, 'services'>): Container {
  const child = tsyringe.createChildContainer()
  // Symbols of our own: a text token would fall through to whatever the host registered in the global container.
  const tokens = new Map(contributions.services.map(({ id }) => [id, Symbol(id)]))
  const made: unknown[] = []
  const making: string[] = []

  const make = (service: ProvidedService, parent: DependencyContainer): unknown => {
    if (making.includes(service.id))
      throw crmError('PLUGIN_CYCLE', { path: [...making.slice(making.indexOf(service.id)), service.id].join(' → ') })
    making.push(service.id)
    try {
      const needs = Object.entries(service.needs).map(([name, { id }]) => [name, optional(id, parent)])
      const instance = service.make(Object.fromEntries(needs))
      made.push(instance)
      return instance
    } finally {
      making.pop()
    }
  }

  // A service of an optional plugin that is not there is undefined; all others were checked when the plugins were collected.
  const optional = (id: string, from: DependencyContainer): unknown => {
    const token = tokens.get(id)
    return token && from.resolve(token)
  }

  for (const service of contributions.services) {
    const token = tokens.get(service.id)
    if (token) child.register(token, { useFactory: instanceCachingFactory((from) => make(service, from)) })
  }

  return {
    resolve<T>(ref: Service<T>): T {
      const token = tokens.get(ref.id)
      if (!token) throw crmError('SERVICE_UNKNOWN', { service: ref.id })
      return child.resolve<T>(token)
    },
    close: () => closeAll(made),
  }
}

async function closeAll(made: unknown[]): Promise<void> {
  const failures: unknown[] = []
  for (const instance of made.splice(0).reverse()) {
    try {
      await closerOf(instance)?.call(instance)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}

function closerOf(instance: unknown): (() => unknown) | undefined {
  if (typeof instance !== 'object' || instance === null) return undefined
  const { close, [Symbol.asyncDispose]: dispose } = instance as { close?: unknown; [Symbol.asyncDispose]?: unknown }
  const closer = typeof close === 'function' ? close : dispose
  return typeof closer === 'function' ? (closer as () => unknown) : undefined
}
