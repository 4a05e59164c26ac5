import type { Route } from '../route/route.ts'

/** Loaded with the first request. */
const exports = () => import('./export.ts')

/** Addresses of exports. */
export const exportRoutes: readonly Route[] = [
  { method: 'GET', pattern: 'api/export', access: 'identified', answer: async (call) => (await exports()).exportTenant(call) },
  { method: 'GET', pattern: 'api/export/:object', access: 'identified', answer: async (call) => (await exports()).exportObject(call) },
]
