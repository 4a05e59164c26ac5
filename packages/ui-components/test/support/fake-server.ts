import type { OperatorDefinition } from '@guanxi/core/expression'
import { readField } from '../../src/client/record.ts'
import type { CrmRecord, ObjectView, Person } from '../../src/client/types.ts'
import { definitions } from './definitions.ts'
import { FakeDeciders } from './fake-deciders.ts'
import { FakeExpressions } from './fake-expressions.ts'
import { FakeHistory } from './fake-history.ts'
import { FakeImports } from './fake-imports.ts'
import { FakeInbox } from './fake-inbox.ts'
import { FakeOperations } from './fake-operations.ts'
import { aggregate, bySort, contains, matches } from './fake-query.ts'
import { FakeSettings } from './fake-settings.ts'
import { FakeWebhooks } from './fake-webhooks.ts'
import { ruleActions } from './rule-actions.ts'
import { people, sampleRecords } from './sample.ts'

/** A request as it arrived. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Headers
  readonly body: unknown
}

interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly path?: string
  readonly details?: Record<string, unknown>
}

interface Options {
  readonly objects?: readonly ObjectView[]
  readonly records?: Record<string, CrmRecord[]>
  readonly now?: number
  readonly deals?: number
}

interface Bulk {
  readonly ids?: readonly string[]
  readonly where?: Record<string, unknown>
  readonly maxAffected: number
}

class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** The HTTP interface over arrays in memory: enough of it for components to be tested against, in a browser or behind a node server. */
export class FakeServer {
  #streams: Set<ReadableStreamDefaultController<Uint8Array>> | null = null
  readonly seen: Seen[] = []
  objects: readonly ObjectView[]
  /** What hooks fill in for a new record. */
  preset: Record<string, unknown> = {}
  /** What plugins have added to expressions. */
  operators: readonly OperatorDefinition[] = []
  readonly records: Map<string, CrmRecord[]>
  readonly now: number
  readonly imports: FakeImports
  readonly settings: FakeSettings
  readonly inbox: FakeInbox
  readonly operations: FakeOperations
  readonly webhooks: FakeWebhooks
  readonly history: FakeHistory
  readonly deciders: FakeDeciders
  /** Who changes things, as others see it. */
  actor = 'u-li'
  /** Values behind masked ones, by `id.field`. */
  readonly unmasked = new Map<string, string>()
  /** Is a reason needed to lose a deal? */
  needsReason = false
  permissions: Readonly<Record<string, readonly string[]>> = {
    import_job: ['read', 'create', 'define'],
    customer: ['read', 'create', 'update'],
  }
  #refusals: { readonly matches: (seen: Seen) => boolean; readonly refusal: Refusal | 'offline' }[] = []
  #standing: { readonly matches: (seen: Seen) => boolean; readonly refusal: Refusal | 'offline' }[] = []
  #gates: { readonly matches: (seen: Seen) => boolean; readonly gate: Promise<void> }[] = []
  #next = 0

  constructor(options: Options = {}) {
    this.now = options.now ?? Date.UTC(2026, 2, 12, 2)
    this.objects = options.objects ?? definitions
    this.records = new Map(Object.entries(options.records ?? sampleRecords(this.now, options.deals)))
    this.imports = new FakeImports(this)
    this.settings = new FakeSettings(this)
    this.inbox = new FakeInbox(this)
    this.operations = new FakeOperations(this)
    this.webhooks = new FakeWebhooks(this)
    this.history = new FakeHistory(this)
    this.deciders = new FakeDeciders(this)
  }

  /** Refuses every request that matches until the answer is called. */
  refuseWhile(matching: (seen: Seen) => boolean, refusal: Refusal | 'offline'): () => void {
    const standing = { matches: matching, refusal }
    this.#standing.push(standing)
    return () => void this.#standing.splice(this.#standing.indexOf(standing), 1)
  }

  /** Refuses the next matching request; `offline` = no answer at all. */
  refuseNext(matching: (seen: Seen) => boolean, refusal: Refusal | 'offline'): void {
    this.#refusals.push({ matches: matching, refusal })
  }

  /** Holds matching requests back until the returned function is called. */
  hold(matching: (seen: Seen) => boolean): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    const gate = { matches: matching, gate: promise }
    this.#gates.push(gate)
    return () => {
      this.#gates = this.#gates.filter((one) => one !== gate)
      resolve()
    }
  }

  /** A change by somebody else, past every client. */
  change(object: string, id: string, values: Record<string, unknown>, by = 'u-sun'): CrmRecord {
    const record = this.#find(object, id)
    return this.#put(object, {
      ...record,
      ...values,
      custom: { ...record.custom, ...(values.custom as object) },
      version: record.version + 1,
      updatedBy: by,
    })
  }

  /** A record that somebody else adds, past every client. */
  add(object: string, values: Record<string, unknown>): CrmRecord {
    return this.#create(object, values)
  }

  record(object: string, id: string): CrmRecord {
    return this.#find(object, id)
  }

  count(method: string, path: string): number {
    return this.seen.filter((one) => one.method === method && one.path.startsWith(path)).length
  }

  readonly fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input instanceof Request ? input.url : input), 'http://fake')
    const text = typeof init.body === 'string' ? init.body : ''
    const sent = init.body instanceof Blob ? await init.body.text() : undefined
    const seen: Seen = {
      method: init.method ?? 'GET',
      path: url.pathname.replace(/^.*\/api\//, ''),
      query: url.searchParams,
      headers: new Headers(init.headers),
      body: text ? JSON.parse(text) : sent,
    }
    if (seen.path === 'live') return this.#live(init)
    this.seen.push(seen)
    for (const { matches: applies, gate } of this.#gates) if (applies(seen)) await gate
    init.signal?.throwIfAborted()
    const standing = this.#standing.find((one) => one.matches(seen))
    if (standing) return this.#refuse(standing.refusal)
    const refused = this.#refusals.findIndex((one) => one.matches(seen))
    if (refused >= 0) return this.#refuse(this.#refusals.splice(refused, 1)[0]?.refusal ?? 'offline')
    try {
      return await this.#answer(seen)
    } catch (error) {
      if (error instanceof Refused) return this.#refuse(error.refusal)
      throw error
    }
  }

  /** Lets clients follow changes, which they cannot unless a test says so. */
  allowLive(): void {
    this.#streams = new Set()
  }

  /** What somebody who asks for changes instead of following them is told next. */
  readonly asked: { object: string; changed?: string[] }[][] = []
  /** How often anybody has asked for changes, by a stream or without. */
  liveRequests = 0
  /** Streams that are opened say nothing at all, as behind a proxy that collects answers first. */
  holdsBack = false

  /** Tells everybody who follows. */
  tell(...changes: { object: string; changed?: string[]; gone?: string[]; reset?: true }[]): void {
    const message = new TextEncoder().encode(`id: x:1\nevent: changes\ndata: ${JSON.stringify({ changes })}\n\n`)
    for (const stream of this.#streams ?? []) stream.enqueue(message)
  }

  get followers(): number {
    return this.#streams?.size ?? 0
  }

  #live({ signal, headers }: RequestInit): Response {
    this.liveRequests += 1
    const streams = this.#streams
    const { holdsBack } = this
    if (streams && new Headers(headers).get('accept') !== 'text/event-stream')
      return json({ position: 'x:1', changes: this.asked.shift() ?? [] })
    if (!streams) return this.#refuse({ status: 404, code: 'NOT_FOUND', message: '没有找到。' })
    const body = new ReadableStream<Uint8Array>({
      start(stream) {
        if (!holdsBack) stream.enqueue(new TextEncoder().encode('id: x:0\nevent: ready\ndata: {}\n\n'))
        streams.add(stream)
        signal?.addEventListener('abort', () => {
          streams.delete(stream)
          stream.error(new DOMException('aborted', 'AbortError'))
        })
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }

  async #answer(seen: Seen): Promise<Response> {
    const [area = '', object = '', id = '', action = ''] = seen.path.split('/').map(decodeURIComponent)
    if (area === 'me')
      return json({
        identity: { id: 'u-li', name: '李蔚然', roles: ['rep'], tenant: 't1', locale: null },
        permissions: this.permissions,
        tenant: 't1',
        now: this.now,
      })
    if (area === 'objects') return json(object ? this.#object(object) : { objects: this.objects, operators: this.operators })
    if (area === 'imports') return this.imports.answer(seen) ?? this.#refuse({ status: 404, code: 'NOT_FOUND', message: '没有找到。' })
    if (area === 'settings' || area === 'teams')
      return this.settings.answer(seen) ?? this.#refuse({ status: 404, code: 'NOT_FOUND', message: '没有找到。' })
    if (area === 'webhooks' || area === 'inbound')
      return this.webhooks.answer(seen) ?? this.#refuse({ status: 404, code: 'NOT_FOUND', message: '没有找到。' })
    if (area === 'operations' || area === 'messages')
      return this.operations.answer(seen) ?? this.#refuse({ status: 404, code: 'NOT_FOUND', message: '没有找到。' })
    if (area === 'rule-actions') return json({ actions: ruleActions })
    if (area === 'deciders' || area === 'decider-runs')
      return this.deciders.answer(seen) ?? this.#refuse({ status: 404, code: 'NOT_FOUND', message: '没有找到。' })
    if (area === 'inbox') return this.inbox.answer(seen) ?? this.#refuse({ status: 404, code: 'NOT_FOUND', message: '没有找到。' })
    if (area === 'people') return json({ people: this.#people(seen.query) })
    if (area === 'aggregate')
      return json({
        rows: aggregate(
          this.#matching(object, seen.query),
          seen.query.get('group') ?? '',
          (seen.query.get('measures') ?? 'count').split(','),
        ),
      })
    if (area === 'overlap') return json(this.#overlap(object, seen.query))
    const past = area === 'records' && seen.method === 'GET' ? this.history.answer(seen) : null
    if (past) return past
    if (action === 'explain') return await this.#explain(object, id, seen.query)
    if (area === 'export') return this.#export(object, seen.query)
    if (area !== 'records') throw new Refused({ status: 404, code: 'NOT_FOUND', message: '没有找到。' })
    if (seen.method === 'GET') return id ? this.#one(object, id, seen) : json(this.#page(object, seen.query))
    return this.#write(seen, object, id, action)
  }

  #write(seen: Seen, object: string, id: string, action: string): Response {
    if (id === 'bulk') return this.#bulk(object, seen.body)
    const values = (seen.body ?? {}) as Record<string, unknown>
    if (action === 'reveal') return json({ value: this.unmasked.get(`${id}.${String(values.field)}`) ?? null })
    if (seen.method === 'POST' && !id) return versioned(this.#create(object, values), 201)
    const record = this.#find(object, id)
    if (seen.headers.get('content-type') !== 'application/json') throw new Refused({ status: 403, code: 'CSRF_REFUSED', message: '拒绝。' })
    const version = seen.headers.get('if-match')?.replaceAll('"', '')
    if (!version) throw new Refused({ status: 428, code: 'VERSION_REQUIRED', message: '缺少版本号。' })
    if (version !== 'any' && Number(version) !== record.version)
      throw new Refused({
        status: 409,
        code: 'CONFLICT',
        message: '别人刚刚改过这条记录。',
        details: { current: record, sent: values, version: record.version },
      })
    if (action === 'restore') return versioned(this.change(object, id, { deletedAt: null }, this.actor))
    if (seen.method === 'DELETE') {
      this.change(object, id, { deletedAt: this.now }, this.actor)
      return new Response(null, { status: 204 })
    }
    // Losing a deal needs a reason, as with the standard objects.
    if (this.needsReason && values.stageId === 's6' && !(values.lostReason ?? record.lostReason))
      throw new Refused({ status: 422, code: 'STANDARD_LOST_REASON_REQUIRED', message: '输单时要选择原因。', path: '/lostReason' })
    return versioned(this.change(object, id, values, this.actor))
  }

  #bulk(object: string, body: unknown): Response {
    const { update, remove } = body as { update?: Bulk & { set: Record<string, unknown> }; remove?: Bulk }
    const target = update ?? remove ?? { maxAffected: 0 }
    const found = (this.records.get(object) ?? []).filter(
      (one) => !one.deletedAt && (target.ids ? target.ids.includes(one.id) : matches(one, target.where ?? {})),
    )
    if (found.length > target.maxAffected) throw new Refused({ status: 422, code: 'TOO_MANY_AFFECTED', message: '影响的记录太多。' })
    if (target.ids && found.length < target.ids.length) throw new Refused({ status: 404, code: 'NOT_FOUND', message: '没有找到。' })
    for (const { id } of found) this.change(object, id, update ? update.set : { deletedAt: this.now }, this.actor)
    return json({ ids: found.map(({ id }) => id) })
  }

  #export(object: string, query: URLSearchParams): Response {
    const fields = (query.get('fields') ?? 'name').split(',')
    const lines = this.#matching(object, query).map((record) => fields.map((name) => String(readField(record, name) ?? '')).join(','))
    return new Response([fields.join(','), ...lines].join('\n'), { headers: { 'content-type': 'text/csv' } })
  }

  #create(object: string, values: Record<string, unknown>): CrmRecord {
    this.#next += 1
    const stamp = {
      id: `new-${this.#next}`,
      version: 1,
      createdAt: this.now,
      createdBy: this.actor,
      updatedAt: this.now,
      updatedBy: this.actor,
      deletedAt: null,
      ownerId: this.actor,
      teamId: null,
      custom: {},
    }
    return this.#put(object, { ...stamp, ...this.preset, ...values } as CrmRecord)
  }

  #one(object: string, id: string, seen: Seen): Response {
    const record = this.#find(object, id)
    if (record.deletedAt) throw new Refused({ status: 404, code: 'NOT_FOUND', message: '没有找到，或没有权限查看。' })
    return versioned(this.#expanded(object, record, seen.query))
  }

  #page(object: string, query: URLSearchParams): unknown {
    const found = this.#matching(object, query).sort(bySort(query.get('sort') ?? ''))
    const start = Number(query.get('cursor') ?? query.get('skip') ?? 0)
    const limit = Number(query.get('limit') ?? 50)
    const end = start + limit
    return {
      records: found.slice(start, end).map((record) => this.#expanded(object, record, query)),
      cursor: end < found.length ? String(end) : null,
      ...(query.get('count') === 'true' && { total: found.length }),
    }
  }

  #matching(object: string, query: URLSearchParams): CrmRecord[] {
    const where = JSON.parse(query.get('where') ?? '{}') as Record<string, unknown>
    const search = query.get('search') ?? ''
    const named = (record: CrmRecord) =>
      contains(record, search) ||
      contains((this.records.get('customer') ?? []).find((one) => one.id === record.customerId) ?? record, search)
    const fits = this.#matcher(object, where)
    return (this.records.get(object) ?? []).filter((record) => !record.deletedAt && fits(record) && (search === '' || named(record)))
  }

  #matcher(object: string, where: Record<string, unknown>): (record: CrmRecord) => boolean {
    return FakeExpressions.is(where) ? this.#expressions.matcher(object, where) : (record) => matches(record, where)
  }

  get #expressions(): FakeExpressions {
    return new FakeExpressions(this.objects, this.records, this.now, this.operators)
  }

  #overlap(object: string, query: URLSearchParams): unknown {
    const live = (this.records.get(object) ?? []).filter((record) => !record.deletedAt)
    const [a, b] = ['a', 'b'].map((side) => live.filter(this.#matcher(object, JSON.parse(query.get(side) ?? '{}'))))
    return { a: a?.length, b: b?.length, both: a?.filter((one) => b?.includes(one)).length }
  }

  async #explain(object: string, id: string, query: URLSearchParams): Promise<Response> {
    return json(await this.#expressions.explain(object, this.#find(object, id), JSON.parse(query.get('where') ?? '{}')))
  }

  #expanded(object: string, record: CrmRecord, query: URLSearchParams): CrmRecord {
    const names = (query.get('expand') ?? '').split(',').filter(Boolean)
    if (names.length === 0) return record
    const related = names.map((name) => {
      const field = this.#object(object).fields.find((one) => one.name === name)
      const value = readField(record, name)
      const one = (id: unknown) =>
        (field?.kind === 'user' ? people : (this.records.get(field?.to ?? '') ?? [])).find((candidate) => candidate.id === id) ?? null
      return [name, Array.isArray(value) ? value.map(one) : one(value)] as const
    })
    return { ...record, related: Object.fromEntries(related) as CrmRecord['related'] }
  }

  #people(query: URLSearchParams): readonly Person[] {
    const ids = query.get('ids')?.split(',')
    const search = query.get('search') ?? ''
    const known = query.has('team') || this.settings.crowd > 0 ? this.settings.members : people
    return known.filter((person) => (!ids || ids.includes(person.id)) && person.name.toLowerCase().includes(search.toLowerCase()))
  }

  #object(name: string): ObjectView {
    const object = this.objects.find((one) => one.name === name)
    if (!object) throw new Refused({ status: 404, code: 'OBJECT_UNKNOWN', message: `没有对象「${name}」。` })
    return object
  }

  #find(object: string, id: string): CrmRecord {
    const record = this.records.get(object)?.find((one) => one.id === id)
    if (!record) throw new Refused({ status: 404, code: 'NOT_FOUND', message: '没有找到，或没有权限查看。' })
    return record
  }

  #put(object: string, record: CrmRecord): CrmRecord {
    const others = (this.records.get(object) ?? []).filter((one) => one.id !== record.id)
    this.records.set(object, [...others, record])
    return record
  }

  #refuse(refusal: Refusal | 'offline'): Response {
    if (refusal === 'offline') throw new TypeError('Failed to fetch')
    const { status, ...error } = refusal
    return json({ error: { path: null, hint: null, ...error } }, status)
  }
}

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}

function versioned(record: CrmRecord, status = 200): Response {
  return new Response(JSON.stringify(record), { status, headers: { 'content-type': 'application/json', etag: `"${record.version}"` } })
}
