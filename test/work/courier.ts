import { before, defineConsumer, defineJob, defineObject, definePlugin } from '@guanxi/core'

export const parcel = defineObject('parcel', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, step: { type: 'integer' } },
})

/** Tells a receiver of every change and by a job for each record: as an integration would. */
export const courier = (url: string) => {
  const tell = async (path: string, body: object, signal: AbortSignal): Promise<void> => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(2_000)]),
    })
    if (!answer.ok) throw new Error(`The receiver answered ${answer.status}.`)
  }
  const announce = defineJob<{ readonly id: string }>({
    id: 'courier.announce',
    input: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
    attempts: 50,
    firstPause: 20,
    longestPause: 200,
    run: ({ id }, { key, signal }) => tell('/job', { key, id }, signal),
  })
  return definePlugin({
    id: 'courier',
    version: '1.0.0',
    core: '^0.1.0',
    setup(plugin) {
      plugin.object(parcel)
      plugin.job(announce)
      plugin.hook(before(parcel, { id: 'announce', on: ['create'] }, (change) => change.enqueue(announce, { id: change.id })))
      plugin.consumer(
        defineConsumer({
          id: 'courier.feed',
          run: ([change], { signal }) =>
            change && tell('/change', { key: change.key, id: change.recordId, version: change.version }, signal),
        }),
      )
    },
  })()
}
