import { integer, json, table, text } from './columns.ts'

/** People of the directory, by the host's ids. `team_id` and `leader_id` follow from memberships and the tree, for paths. */
export const personTable = table(
  'crm_person',
  [
    text('id'),
    text('name'),
    text('name_sort'),
    text('email', true),
    text('state'),
    integer('away_from', true),
    integer('away_to', true),
    text('locale', true),
    json('roles'),
    integer('updated_at'),
    text('team_id', true),
    text('leader_id', true),
  ],
  ['id'],
)

/** Teams: a tree. */
export const teamTable = table(
  'crm_team',
  [text('id'), text('name'), text('parent_id', true), integer('updated_at'), text('leader_id', true)],
  ['id'],
)

/** Who belongs to which team, and as what. */
export const membershipTable = table(
  'crm_membership',
  [text('team_id'), text('person_id'), text('role')],
  ['team_id', 'person_id'],
  [{ name: 'crm_membership_person_idx', columns: ['person_id'] }],
)

/** Every team with every team above it, itself at depth 0. */
export const teamTreeTable = table(
  'crm_team_tree',
  [text('ancestor_id'), text('team_id'), integer('depth')],
  ['ancestor_id', 'team_id'],
  [{ name: 'crm_team_tree_team_idx', columns: ['team_id'] }],
)
