export { toHandler } from './fetch-handler.ts'
export { type NodeHandler, toNodeHandler } from './node-handler.ts'
export type { HttpOptions } from './options.ts'
