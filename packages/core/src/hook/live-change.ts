import { jobRequest } from '../job/job.ts'
import { applyPatch } from './apply-patch.ts'
import type { AfterChange, BeforeChange, CheckChange } from './hook.ts'
import { type HookErrors, pluginError } from './hook-errors.ts'
import type { HookRecord } from './hook-record.ts'
import type { Lease } from './lease.ts'
import { readOnly } from './read-only.ts'
import type { Signature } from './signature.ts'

/** A record as the handler of one hook sees it. Nothing of it can be changed but through `invalid` and `set`. */
class LiveChange {
  readonly operation: HookRecord['operation']
  readonly object: string
  readonly id: string
  readonly #record: HookRecord

  constructor(record: HookRecord) {
    this.operation = record.operation
    this.object = record.object
    this.id = record.id
    this.#record = record
  }

  get previous(): AfterChange['previous'] {
    return (this.#record.previous && readOnly(this.#record.previous)) as AfterChange['previous']
  }

  get next(): AfterChange['next'] {
    return readOnly(this.#record.next) as AfterChange['next']
  }

  get touched(): ReadonlySet<string> {
    return this.#record.touched
  }
}

class LiveCheckChange extends LiveChange implements CheckChange {
  readonly #record: HookRecord
  readonly #errors: HookErrors
  readonly #lease: Lease

  constructor(record: HookRecord, errors: HookErrors, lease: Lease) {
    super(record)
    this.#record = record
    this.#errors = errors
    this.#lease = lease
  }

  get invalid(): CheckChange['invalid'] {
    return (field, code, params) => {
      this.#lease.requireAlive()
      this.#record.issues.push(pluginError(this.#errors, code, params, field === null ? undefined : pointer(field)))
    }
  }
}

class LiveBeforeChange extends LiveChange implements BeforeChange {
  readonly #record: HookRecord
  readonly #signature: Signature
  readonly #lease: Lease

  constructor(record: HookRecord, signature: Signature, lease: Lease) {
    super(record)
    this.#record = record
    this.#signature = signature
    this.#lease = lease
  }

  get set(): BeforeChange['set'] {
    return (patch) => applyPatch(this.#alive(), patch, this.#signature)
  }

  get post(): BeforeChange['post'] {
    return (posting) => {
      const record = this.#alive()
      record.postings = [...record.postings, posting]
    }
  }

  get enqueue(): BeforeChange['enqueue'] {
    return (job, input, options) => {
      const record = this.#alive()
      record.jobs = [...record.jobs, jobRequest(job, input, options)]
    }
  }

  #alive(): HookRecord {
    this.#lease.requireAlive()
    return this.#record
  }
}

/** What a `check` handler gets. */
export function checkChange(record: HookRecord, errors: HookErrors, lease: Lease): CheckChange {
  return new LiveCheckChange(record, errors, lease)
}

/** What a `before` handler gets; the signature is the same for all records of a run. */
export function beforeChange(record: HookRecord, signature: Signature, lease: Lease): BeforeChange {
  return new LiveBeforeChange(record, signature, lease)
}

/** What an `after` handler gets. */
export function afterChange(record: HookRecord): AfterChange {
  return new LiveChange(record)
}

/** JSON pointer to a field; admin fields are nested in `custom`. */
export function pointer(field: string): string {
  const escaped = field.replaceAll('~', '~0').replaceAll('/', '~1')
  return escaped.startsWith('custom.') ? `/custom/${escaped.slice('custom.'.length)}` : `/${escaped}`
}
