import type { Route } from '../route/route.ts'

/** Addresses of exports. */
export const exportRoutes: readonly Route[] = []
