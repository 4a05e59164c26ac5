type Row = Readonly<Record<string, unknown>>

/** The columns of a record, as somebody would list them. */
export const recordColumns = [
  ...['id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by', 'deleted_at', 'owner_id', 'team_id'],
  ...['name', 'company', 'position', 'phone', 'email', 'address', 'city', 'website', 'department', 'campaign', 'product', 'notes'],
  ...['employees', 'score', 'visits', 'amount', 'discount', 'received', 'contacted', 'due', 'subscribed', 'qualified'],
  ...['status', 'source', 'grade', 'ext'],
]

/** 64-bit integers come as text from PostgreSQL. */
const whole = (value: unknown): number | null => (value === null ? null : Number(value))
const hundredths = (value: unknown): string | null => (value === null ? null : (Number(value) / 100).toFixed(2))
/** SQLite keeps 1 and 0. */
const yes = (value: unknown): boolean | null => (value === null ? null : value === 1 || value === true)

/** A row as the record that the API gives: the same values under the same names. */
export function handRecord(row: Row) {
  return {
    id: row.id,
    version: whole(row.version),
    createdAt: whole(row.created_at),
    createdBy: row.created_by,
    updatedAt: whole(row.updated_at),
    updatedBy: row.updated_by,
    deletedAt: whole(row.deleted_at),
    ownerId: row.owner_id,
    teamId: row.team_id,
    name: row.name,
    company: row.company,
    position: row.position,
    phone: row.phone,
    email: row.email,
    address: row.address,
    city: row.city,
    website: row.website,
    department: row.department,
    campaign: row.campaign,
    product: row.product,
    notes: row.notes,
    employees: whole(row.employees),
    score: whole(row.score),
    visits: whole(row.visits),
    amount: hundredths(row.amount),
    discount: hundredths(row.discount),
    received: row.received,
    contacted: row.contacted,
    due: row.due,
    subscribed: yes(row.subscribed),
    qualified: yes(row.qualified),
    status: row.status,
    source: row.source,
    grade: row.grade,
    custom: row.ext === null ? {} : typeof row.ext === 'string' ? JSON.parse(row.ext) : row.ext,
  }
}
