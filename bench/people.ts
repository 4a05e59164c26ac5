/** Who reads and writes. */
export const seller = { id: 'ada', tenant: 't1', roles: ['sales'] } as const

/** Somebody without any role. */
export const stranger = { id: 'mallory', tenant: 't1', roles: [] } as const

const all = ['read', 'create', 'update', 'delete'] as const

/** What the roles may do. */
export const access = {
  sales: {
    bench_lead: all,
    lead: all,
    import_job: all,
    import_batch: all,
    import_row: all,
  },
} as const
