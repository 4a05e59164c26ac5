import { describe, expect, it } from 'vitest'
import { collectPlugins } from '../../src/plugin/collect.ts'
import { createContainer } from '../../src/plugin/container.ts'
import { coreVersion } from '../../src/plugin/core-version.ts'
import { definePlugin } from '../../src/plugin/define-plugin.ts'
import type { PluginRecorder } from '../../src/plugin/plugin.ts'
import { service } from '../../src/plugin/service.ts'

interface Counter {
  count: number
}

const clock = service<Counter>('base.clock')
const log = service<string[]>('base.log')
const report = service<{ clock: Counter; ghost: unknown }>('base.report')
const ghost = service<number>('ghost.one')

const contributionsOf = (setup: (recorder: PluginRecorder) => void) =>
  collectPlugins([definePlugin({ id: 'base', version: '1.0.0', core: '*', uses: { ghost: '*' }, setup })()], coreVersion)

describe('container', () => {
  it('makes a service once, with what it needs, when first asked', () => {
    const made: string[] = []
    const container = createContainer(
      contributionsOf((p) => {
        p.provide(report, { clock, ghost }, ({ clock, ghost }) => {
          made.push('report')
          return { clock, ghost }
        })
        p.provide(clock, {}, () => {
          made.push('clock')
          return { count: 0 }
        })
      }),
    )
    expect(made).toEqual([])
    const { clock: shared, ghost: missing } = container.resolve(report)
    expect(container.resolve(clock)).toBe(shared)
    expect(missing).toBeUndefined()
    expect(made).toEqual(['clock', 'report'])
  })

  it('makes again what failed to be made', () => {
    let tries = 0
    const container = createContainer(
      contributionsOf((p) => {
        p.provide(clock, {}, () => {
          if (tries++ === 0) throw new Error('not yet')
          return { count: tries }
        })
      }),
    )
    expect(() => container.resolve(clock)).toThrow('not yet')
    expect(container.resolve(clock)).toEqual({ count: 2 })
  })

  it('shares nothing between two instances of one process', () => {
    const contributions = contributionsOf((p) => void p.provide(clock, {}, () => ({ count: 0 })))
    const [first, second] = [createContainer(contributions), createContainer(contributions)]
    first.resolve(clock).count++
    expect(second.resolve(clock).count).toBe(0)
  })

  it('says so when nobody provides a service', () => {
    expect(() => createContainer(contributionsOf(() => {})).resolve(ghost)).toThrow('SERVICE_UNKNOWN: There is no service “ghost.one”.')
  })

  it('names services that need each other, however the list was made', () => {
    const one = { id: 'a.one', author: 'a', needs: { two: service('a.two') }, make: () => 1 }
    const two = { id: 'a.two', author: 'a', needs: { one: service('a.one') }, make: () => 2 }
    expect(() => createContainer({ services: [one, two] }).resolve(service('a.one'))).toThrow('a.one → a.two → a.one')
  })

  it('closes what was made, the last first, and nothing else', async () => {
    const closed: string[] = []
    const closing = (name: string) => ({
      close: async () => {
        closed.push(name)
      },
    })
    const [first, second, third] = [service<object>('base.first'), service<object>('base.second'), service<object>('base.third')]
    const container = createContainer(
      contributionsOf((p) => {
        p.provide(first, {}, () => closing('first'))
        p.provide(second, { first }, () => ({
          [Symbol.asyncDispose]: async () => {
            closed.push('second')
          },
        }))
        p.provide(third, {}, () => closing('third'))
        p.provide(log, {}, () => closed)
      }),
    )
    container.resolve(second)
    container.resolve(log)
    await container.close()
    await container.close()
    expect(closed).toEqual(['second', 'first'])
  })

  it('closes the others when one cannot be closed, and then says why', async () => {
    const closed: string[] = []
    const [good, bad] = [service<object>('base.good'), service<object>('base.bad')]
    const container = createContainer(
      contributionsOf((p) => {
        p.provide(good, {}, () => ({ close: () => void closed.push('good') }))
        p.provide(bad, {}, () => ({
          close: () => {
            throw new Error('stuck')
          },
        }))
      }),
    )
    container.resolve(good)
    container.resolve(bad)
    await expect(container.close()).rejects.toThrow('stuck')
    expect(closed).toEqual(['good'])
  })
})
