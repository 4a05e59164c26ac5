/** Who reads and writes. */
export const seller = { id: 'ada', tenant: 't1', roles: ['sales'] } as const

/** Somebody without any role. */
export const stranger = { id: 'mallory', tenant: 't1', roles: [] } as const

/** What the roles may do. */
export const access = {
  sales: { bench_lead: ['read', 'create', 'update', 'delete'], lead: ['read', 'create', 'update', 'delete'] },
} as const
