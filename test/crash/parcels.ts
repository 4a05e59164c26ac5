import { after, before, defineObject, definePlugin } from '@guanxi/core'

const words = { 'zh-CN': '包裹', en: 'Parcel' }

/** A record with search words, links and two hooks: every part of a write that could be left half done. */
export const parcel = defineObject(
  'parcel',
  {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string', search: true }, label: { type: 'string' }, stationIds: { kind: 'links', to: 'station' } },
  },
  { label: words },
)

export const station = defineObject('station', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, parcelId: { kind: 'reference', to: 'parcel' } },
})

export const parcels = definePlugin({
  id: 'parcels',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(parcel)
    plugin.object(station)
    plugin.hook(
      before(parcel, { id: 'label', on: ['create'], reads: ['name'] }, (change) => change.set({ label: `to ${change.next.name}` })),
    )
    plugin.hook(
      after(parcel, { id: 'station', on: ['create'] }, async (change, context) => {
        await context.records(station).create({ name: `for ${change.next.name}`, parcelId: change.id })
      }),
    )
  },
})
