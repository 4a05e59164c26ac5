import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CrmError } from '../../src/error/crm-error.ts'
import { after, before, check } from '../../src/hook/hook.ts'
import type { ObjectHandle } from '../../src/object/handle.ts'
import { collectPlugins } from '../../src/plugin/collect.ts'
import { coreVersion } from '../../src/plugin/core-version.ts'
import { definePlugin } from '../../src/plugin/define-plugin.ts'
import type { Endpoint, Plugin, PluginDefinition, PluginRecorder } from '../../src/plugin/plugin.ts'
import { service } from '../../src/plugin/service.ts'

const object = (name: string, ...fields: string[]): ObjectHandle => ({
  name,
  schema: { type: 'object', properties: Object.fromEntries(fields.map((field) => [field, { type: 'string' }])) },
  options: {},
})
const extension = (name: string, ...fields: string[]): ObjectHandle => ({ ...object(name, ...fields), extends: true })

type Extra = Partial<Omit<PluginDefinition<undefined>, 'id' | 'setup' | 'options'>>

const plugin = (id: string, setup: (recorder: PluginRecorder) => void = () => {}, extra: Extra = {}): Plugin =>
  definePlugin({ id, version: '1.0.0', core: '*', setup, ...extra })()

const collect = (...plugins: Plugin[]) => collectPlugins(plugins, coreVersion)

/** Every problem found, as text. */
const problemsOf = (...plugins: Plugin[]): readonly string[] => {
  try {
    collect(...plugins)
    return []
  } catch (error) {
    if (!(error instanceof CrmError)) throw error
    const problems = error.details?.problems as string[]
    expect(error.message).toBe(error.code === 'PLUGIN_CYCLE' ? error.message : problems[0])
    return problems
  }
}

const deal = object('deal', 'title', 'stage')
const route = (extra: Partial<Endpoint> = {}): Endpoint => ({
  method: 'GET',
  path: 'order',
  roles: '*',
  input: {},
  output: {},
  handle: () => null,
  ...extra,
})
const noop = () => {}

describe('declarations', () => {
  it('are checked before any setup runs', () => {
    let ran = false
    const eager = plugin('eager', () => {
      ran = true
    })
    expect(problemsOf(eager, plugin('Bad Id'))).toHaveLength(1)
    expect(ran).toBe(false)
  })

  it.each([
    [{ version: 'one' }, '“one” is not a semantic version'],
    [{ core: 'nonsense' }, 'not a version range of @guanxi/core'],
    [{ core: '^99.0.0' }, `and this is ${coreVersion}`],
    [{ requires: { b: 'x.y.z.' } }, 'not a version range of “b”'],
    [{ requires: { b: '^1.0.0' } }, 'PLUGIN_MISSING: Plugin “a” needs “b ^1.0.0”'],
    [{ requires: { b: '^1.0.0' }, uses: { b: '^1.0.0' } }, 'in requires and in uses'],
  ])('are refused with a reason: %j', (extra: Extra, reason) => {
    expect(problemsOf(plugin('a', noop, extra)).join('\n')).toContain(reason)
  })

  it('name a required or used plugin whose version does not fit', () => {
    expect(problemsOf(plugin('a', noop, { requires: { b: '^2.0.0' } }), plugin('b'))).toEqual([
      expect.stringContaining('b ^2.0.0 (found 1.0.0)'),
    ])
    expect(problemsOf(plugin('a', noop, { uses: { b: '^2.0.0' } }), plugin('b'))).toEqual([
      expect.stringContaining('b ^2.0.0 (found 1.0.0)'),
    ])
  })

  it('are all looked at before one error names them together', () => {
    expect(problemsOf(plugin('a', noop, { version: 'x', core: 'y' }), plugin('b', noop, { requires: { c: '1' } }))).toHaveLength(3)
  })

  it('refuse the same plugin twice', () => {
    expect(problemsOf(plugin('a'), plugin('a'))).toEqual([expect.stringContaining('both define plugin a')])
  })

  it('show a circle of needs as a path', () => {
    const circle = [
      plugin('a', noop, { requires: { b: '*' } }),
      plugin('b', noop, { uses: { c: '*' } }),
      plugin('c', noop, { requires: { a: '*' } }),
    ]
    expect(() => collect(...circle)).toThrow('PLUGIN_CYCLE: Plugins need each other in a circle: a → b → c → a.')
  })

  it('refuse what is no plugin, and say so when it comes from another copy of core', () => {
    const factory = definePlugin({ id: 'a', version: '1.0.0', core: '*', setup: noop })
    const foreign = { id: 'far', version: '1.0.0', [Symbol.for('guanxi.plugin')]: '0.0.9' }
    expect(problemsOf(factory as unknown as Plugin)).toEqual([expect.stringContaining('was its function called?')])
    expect(problemsOf({ id: 'x', version: '1.0.0' })).toEqual([expect.stringContaining('not made with definePlugin')])
    expect(problemsOf(foreign)).toEqual([expect.stringContaining(`another copy of @guanxi/core (0.0.9; this one is ${coreVersion})`)])
  })
})

describe('options', () => {
  interface Options {
    readonly days: number
    readonly owner: string
    readonly onDone?: () => void
  }
  const seen: Options[] = []
  const reminder = definePlugin<Options, Partial<Options> & Pick<Options, 'owner'>>({
    id: 'reminder',
    version: '1.0.0',
    core: '*',
    options: {
      type: 'object',
      required: ['owner'],
      properties: { owner: { type: 'string' }, days: { type: 'integer', default: 3 }, onDone: {} },
      additionalProperties: false,
    },
    setup: (_, options) => {
      seen.push(options)
    },
  })

  it('arrive with defaults filled in, and the host’s own object is left alone', () => {
    const given = { owner: 'u1', onDone: noop }
    collect(reminder(given))
    expect(seen.at(-1)).toEqual({ owner: 'u1', days: 3, onDone: noop })
    expect(given).toEqual({ owner: 'u1', onDone: noop })
  })

  it('are refused with the plugin’s id in the message', () => {
    const wrong = reminder({ owner: 7, day: 1 } as unknown as Options)
    expect(problemsOf(wrong)).toEqual([
      expect.stringMatching(/“reminder”.*options\/owner must be string|“reminder”.*additional properties/),
    ])
  })

  it('are refused where the plugin takes none', () => {
    const plain = definePlugin({ id: 'plain', version: '1.0.0', core: '*', setup: noop }) as (options: unknown) => Plugin
    expect(problemsOf(plain({ a: 1 }))).toEqual([expect.stringContaining('takes no options')])
  })

  it('name a schema that is itself wrong', () => {
    const odd = definePlugin<{ a?: string }>({ id: 'odd', version: '1.0.0', core: '*', options: { type: 'nothing' }, setup: noop })
    expect(problemsOf(odd())).toEqual([expect.stringContaining('the schema of its options is wrong')])
  })
})

describe('setup', () => {
  it('does not run before a CRM collects the plugin', () => {
    let runs = 0
    const counting = plugin('counting', () => {
      runs++
    })
    expect(runs).toBe(0)
    collect(counting)
    expect(runs).toBeGreaterThan(0)
  })

  it('may take back what it recorded', () => {
    const contributions = collect(
      plugin('a', (p) => {
        const undo = p.object(deal)
        p.object(object('note', 'text'))
        undo()
        undo()
      }),
    )
    expect(contributions.objects.map(({ handle }) => handle.name)).toEqual(['note'])
  })

  it('must be synchronous', () => {
    const late = plugin('late', (async () => {
      throw new Error('never seen')
    }) as unknown as () => void)
    expect(problemsOf(late)).toEqual([expect.stringContaining('setup must be synchronous')])
  })

  it('cannot record once it has returned', () => {
    let kept: PluginRecorder | undefined
    collect(
      plugin('a', (p) => {
        kept = p
      }),
    )
    expect(() => kept?.object(deal)).toThrow('after setup had returned')
  })

  it('must record the same list each time', () => {
    let run = 0
    expect(problemsOf(plugin('a', (p) => void p.object(object(`thing${run++}`))))).toEqual([
      expect.stringContaining('something else each time'),
    ])
  })

  it('that throws is named, its cause kept', () => {
    const cause = new Error('boom')
    const broken = plugin('broken', () => {
      throw cause
    })
    expect(() => collect(broken)).toThrow(expect.objectContaining({ code: 'PLUGIN_INVALID', cause }))
  })
})

describe('names', () => {
  const recorded = (setup: (recorder: PluginRecorder) => void): readonly string[] => problemsOf(plugin('sales-core', setup))

  it.each<[string, (recorder: PluginRecorder) => void, string]>([
    ['a service without the prefix', (p) => void p.provide(service('other.clock'), {}, noop), 'must start with “sales-core.”'],
    [
      'an error code without the prefix',
      (p) => void p.errors({ DEAL_CLOSED: { message: { 'zh-CN': '关', en: 'Closed' } } }),
      'start with “SALES_CORE_”',
    ],
    [
      'an error code without a sentence',
      (p) => void p.errors({ SALES_CORE_X: { message: { 'zh-CN': '', en: 'X' } } }),
      'sentence in zh-CN and en',
    ],
    [
      'an error status that is none',
      (p) => void p.errors({ SALES_CORE_X: { status: 200, message: { 'zh-CN': '错', en: 'X' } } }),
      'use 400 to 599',
    ],
    ['a hook id with capitals', (p) => void p.hook(check(deal, { id: 'NoReopen' }, noop)), 'needs an id of lower-case'],
    ['a hook for no operation', (p) => void p.hook(check(deal, { id: 'x', on: [] }, noop)), 'cannot listen to'],
    ['a hook for no field', (p) => void p.hook(check(deal, { id: 'x', fields: [] }, noop)), 'listens to no field'],
    ['a route without roles', (p) => void p.endpoint(route({ roles: [] })), 'names no roles'],
    ['a route with a parameter', (p) => void p.endpoint(route({ path: 'deals/:id' })), 'segments of lower-case'],
    ['a route without schemas', (p) => void p.endpoint(route({ input: undefined as never })), 'needs a schema'],
    ['a migration id with spaces', (p) => void p.migrate('split name', async () => {}), 'is no id'],
    ['an extension recorded as an object', (p) => void p.object(extension('deal', 'x')), 'use extend for it'],
    ['an object recorded as an extension', (p) => void p.extend(deal), 'use object for it'],
  ])('refuse %s', (_, setup, reason) => {
    const problems = recorded((p) => {
      if (reason !== 'use object for it') p.object(deal)
      setup(p)
    })
    expect(problems.join('\n')).toContain(reason)
  })

  it('of the core’s own errors and tables are taken', () => {
    expect(problemsOf(plugin('value', (p) => void p.errors({ VALUE_TYPE: { message: { 'zh-CN': '错', en: 'Wrong' } } })))).toEqual([
      expect.stringContaining('“core” and “value” both define error VALUE_TYPE'),
    ])
    expect(recorded((p) => void p.object(object('change')))).toEqual([expect.stringContaining('table crm_change')])
  })
})

describe('clashes', () => {
  it('name both plugins, for everything two can define', () => {
    const a = plugin('a', (p) => {
      p.object(deal)
      p.hook(check(deal, { id: 'twice' }, noop))
      p.hook(before(deal, { id: 'twice' }, noop))
      p.provide(service('a.clock'), {}, noop)
      p.provide(service('a.clock'), {}, noop)
      p.endpoint(route())
      p.endpoint(route())
      p.errors({ A_B_C: { message: { 'zh-CN': '错', en: 'Wrong' } } })
      p.provision('start', async () => {})
      p.provision('start', async () => {})
      p.migrate('one', async () => {})
      p.migrate('one', async () => {})
    })
    const b = plugin('a-b', (p) => {
      p.object(object('deal', 'title'))
      p.errors({ A_B_C: { message: { 'zh-CN': '错', en: 'Wrong' } } })
    })
    expect(problemsOf(a, b).map((problem) => problem.replace('PLUGIN_CLASH: Plugins ', ''))).toEqual([
      '“a” and “a” both define hook a:twice.',
      '“a” and “a” both define service a.clock.',
      '“a” and “a” both define route GET /a/order.',
      '“a” and “a” both define provision a:start.',
      '“a” and “a” both define migration a:one.',
      '“a” and “a-b” both define object deal.',
      '“a” and “a-b” both define error A_B_C.',
    ])
  })

  it('are found between fields of an object and of its extensions', () => {
    const owner = plugin('owner', (p) => void p.object(deal))
    const first = plugin('first', (p) => void p.extend(extension('deal', 'channel', 'stage')), { requires: { owner: '*' } })
    const second = plugin('second', (p) => void p.extend(extension('deal', 'channel')), { requires: { owner: '*' } })
    expect(problemsOf(second, first, owner)).toEqual([
      expect.stringContaining('“owner” and “first” both define field deal.stage'),
      expect.stringContaining('“first” and “second” both define field deal.channel'),
    ])
  })

  it('do not arise where two plugins have a route of the same path', () => {
    const other = plugin('other', (p) => void p.endpoint(route()))
    expect(
      problemsOf(
        plugin('a', (p) => void p.endpoint(route())),
        other,
      ),
    ).toEqual([])
  })
})

describe('reach', () => {
  const owner = plugin('owner', (p) => {
    p.object(deal)
    p.provide(service('owner.clock'), {}, () => 1)
  })

  it('to another’s object or service needs requires or uses', () => {
    const thief = plugin('thief', (p) => {
      p.extend(extension('deal', 'channel'))
      p.provide(service('thief.watch'), { clock: service('owner.clock') }, noop)
    })
    expect(problemsOf(owner, thief)).toEqual([
      'PLUGIN_REACH: Plugin “thief” reaches for “owner” without requiring it.',
      'PLUGIN_REACH: Plugin “thief” reaches for “owner” without requiring it.',
    ])
  })

  it('is granted by either', () => {
    const setup = (p: PluginRecorder) => void p.extend(extension('deal', 'channel'))
    expect(problemsOf(owner, plugin('a', setup, { requires: { owner: '*' } }))).toEqual([])
    expect(problemsOf(owner, plugin('a', setup, { uses: { owner: '*' } }))).toEqual([])
  })

  it('to a service nobody provides is refused', () => {
    const asking = plugin('asking', (p) => void p.provide(service('asking.a'), { ghost: service('owner.ghost') }, noop), {
      requires: { owner: '*' },
    })
    expect(problemsOf(owner, asking)).toEqual([expect.stringContaining('SERVICE_UNKNOWN: There is no service “owner.ghost”.')])
  })

  it('in a circle of services is refused as a path', () => {
    const [a, b] = [service<number>('round.a'), service<number>('round.b')]
    const round = plugin('round', (p) => {
      p.provide(a, { b }, () => 1)
      p.provide(b, { a }, () => 2)
    })
    expect(() => collect(round)).toThrow('round.a → round.b → round.a')
  })

  it('to an object or field nobody defines is refused, for hooks too', () => {
    const lost = plugin('lost', (p) => {
      p.extend(extension('ghost', 'x'))
      p.hook(after(object('ghost'), { id: 'one' }, noop))
      p.hook(after(deal, { id: 'two', fields: ['stge'], reads: ['tittle', 'custom.size', 'ownerId'] }, noop))
    })
    expect(problemsOf(owner, lost)).toEqual([
      expect.stringContaining('extends the object “ghost”'),
      expect.stringContaining('“one” listens to the object “ghost”'),
      expect.stringContaining('“two” names the field “stge”'),
      expect.stringContaining('“two” names the field “tittle”'),
    ])
  })

  it('to an optional plugin that is not there is left out', () => {
    const modest = plugin(
      'modest',
      (p) => {
        p.extend(extension('deal', 'channel'))
        p.hook(after(deal, { id: 'one' }, noop))
        p.provide(service('modest.watch'), { clock: service('owner.clock') }, noop)
      },
      { uses: { owner: '*' } },
    )
    const alone = collect(modest)
    expect([alone.extensions, alone.hooks.after, alone.plugins[0]?.uses]).toEqual([[], [], []])
    const together = collect(modest, owner)
    expect([together.extensions.length, together.hooks.after.length, together.plugins[1]?.uses]).toEqual([1, 1, ['owner']])
  })
})

describe('contributions', () => {
  const base = plugin('base', (p) => {
    p.object(deal)
    p.hook(before(deal, { id: 'last', after: ['tail:one', 'unknown:hook'] }, noop))
    p.hook(before(deal, { id: 'first' }, noop))
    p.hook(check(deal, { id: 'look' }, noop))
  })
  const tail = plugin(
    'tail',
    (p) => {
      p.hook(before(deal, { id: 'two' }, noop))
      p.hook(before(deal, { id: 'one' }, noop))
      p.extend(extension('deal', 'channel'))
      p.errors({ TAIL_NO: { message: { 'zh-CN': '不行', en: 'No' } } })
      p.migrate('b', async () => {})
      p.migrate('a', async () => {})
      p.endpoint(route())
    },
    { requires: { base: '*' } },
  )
  const aside = plugin('aside', noop, { version: '2.1.0' })

  it('stand in plugin order: needs first, ties by id', () => {
    const { plugins, extensions, migrations, endpoints } = collect(tail, base, aside)
    expect(plugins).toEqual([
      { id: 'aside', version: '2.1.0', requires: [], uses: [] },
      { id: 'base', version: '1.0.0', requires: [], uses: [] },
      { id: 'tail', version: '1.0.0', requires: ['base'], uses: [] },
    ])
    expect(extensions.map(({ author }) => author)).toEqual(['tail'])
    expect(migrations.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(endpoints.map((endpoint) => endpoint.plugin)).toEqual(['tail'])
  })

  it('order hooks by what they come after, then plugin, then registration', () => {
    const { hooks } = collect(tail, base)
    expect(hooks.before.map(({ id }) => id)).toEqual(['base:first', 'tail:two', 'tail:one', 'base:last'])
    expect(hooks.check.map(({ id }) => id)).toEqual(['base:look'])
  })

  it('fill in what an error leaves out', () => {
    expect(collect(tail, base).errors.get('TAIL_NO')).toEqual({ status: 422, message: { 'zh-CN': '不行', en: 'No' }, hint: null })
  })

  it('refuse hooks that come after each other', () => {
    const round = plugin('round', (p) => {
      p.object(object('x'))
      p.hook(before(object('x'), { id: 'a', after: ['round:b'] }, noop))
      p.hook(before(object('x'), { id: 'b', after: ['round:a'] }, noop))
    })
    expect(() => collect(round)).toThrow('round:a → round:b → round:a')
  })

  it('never depend on the order of the array', () => {
    const all = [tail, base, aside, plugin('zeta', (p) => void p.hook(before(deal, { id: 'late' }, noop)))]
    const outline = (plugins: Plugin[]) => {
      const { plugins: ordered, hooks, extensions } = collect(...plugins)
      return JSON.stringify([ordered, hooks, extensions])
    }
    const expected = outline(all)
    fc.assert(fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => outline(shuffled) === expected))
  })
})
