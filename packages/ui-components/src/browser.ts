import { define } from './define.ts'

export * from './index.ts'

define()
