/** Packages of ours that a package may import, and with which sub-paths. Types are bound by the same rule. */
export const packageRules: Readonly<Record<string, readonly RegExp[]>> = {
  core: [],
  'ui-components': [/^@guanxi\/core\/(types|expression)$/],
  adapters: [/^@guanxi\/core(\/|$)/],
  plugins: [/^@guanxi\/core(\/|$)/],
}

/** What no file of a package's `src` may import: ports only, no database, no network, no page. */
export const forbidden: Readonly<Record<string, RegExp>> = {
  core: /^(knex|pg|sqlite3|better-sqlite3|express|fastify|lit|undici|node:(http|https|http2|net|tls|dgram|fs|fs\/promises|child_process|cluster|worker_threads|sqlite))(\/|$)/,
  plugins:
    /^(knex|pg|sqlite3|better-sqlite3|express|fastify|lit|node:(http|https|http2|net|tls|dgram|fs|fs\/promises|child_process|cluster))(\/|$)/,
  'ui-components': /^(node:|knex|pg|sqlite3|better-sqlite3|express|fastify)/,
  adapters: /^(lit)(\/|$)/,
}

/**
 * The core's folders, lowest first. A value import goes to the same layer or a lower one; a type import may go anywhere, since it is
 * gone at run time. Kinds and objects describe each other and count as one folder.
 */
export const coreLayers: readonly (readonly string[])[] = [
  ['error', 'locale', 'id', 'time', 'order', 'schema', 'statistics', 'money', 'privacy', 'secret'],
  ['reason'],
  ['store'],
  ['kind', 'object'],
  ['text', 'validation', 'expression', 'scope', 'template', 'logic'],
  [
    'access',
    'hook',
    'plugin',
    'directory',
    'settings',
    'command',
    'ledger',
    'decision',
    'decider',
    'message',
    'tenant',
    'job',
    'consumer',
    'inbound',
  ],
  ['read'],
  ['change', 'write'],
  ['record', 'sweep', 'allocation'],
  ['webhook'],
  ['rule'],
  ['operation'],
  ['standard'],
  ['crm'],
  ['testing'],
]

/** Folders that count as one where circles are looked for. */
export const oneFolder: Readonly<Record<string, string>> = { 'core/kind': 'core/object' }
