export { defaultReadLimits, type ReadLimits } from './limits.ts'
export { type OpenOptions, openTable, type TableSource } from './open-table.ts'
