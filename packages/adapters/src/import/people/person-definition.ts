import type { FieldDefinition, KindName, ObjectDefinition, Words } from '@guanxi/core'
import { peopleObject } from '../map/mapping.ts'
import { looseField } from '../map/target.ts'

const states = [
  { value: 'active', label: { 'zh-CN': '在职', en: 'Active' } },
  { value: 'onboarding', label: { 'zh-CN': '入职中', en: 'Onboarding' } },
  { value: 'away', label: { 'zh-CN': '休假', en: 'Away' } },
  { value: 'suspended', label: { 'zh-CN': '停用', en: 'Suspended' } },
  { value: 'left', label: { 'zh-CN': '离职', en: 'Left' } },
]

const person = (name: string, kind: KindName, zh: string, en: string, more: Partial<FieldDefinition> = {}): FieldDefinition => ({
  ...looseField(name, kind),
  label: { 'zh-CN': zh, en },
  maxLength: 200,
  ...more,
})

const fields: readonly FieldDefinition[] = [
  person('id', 'text', '工号', 'Id'),
  person('name', 'text', '姓名', 'Name', { required: true }),
  person('email', 'email', '邮箱', 'E-mail'),
  person('state', 'choice', '状态', 'State', { options: states }),
  person('roles', 'multiChoice', '角色', 'Roles'),
  person('team', 'text', '团队', 'Team'),
  person('manager', 'text', '经理', 'Manager'),
  person('parentTeam', 'text', '上级团队', 'Parent team'),
]

const label: Words = { 'zh-CN': '人员', en: 'People' }

/** The directory as a target of imports, in the form of an object. */
export const personDefinition: ObjectDefinition = {
  name: peopleObject,
  author: 'core',
  label,
  pluralLabel: label,
  help: null,
  nameField: 'name',
  options: {},
  table: { name: peopleObject, columns: [], primaryKey: [], indexes: [] },
  fields,
  field: new Map(fields.map((field) => [field.name, field])),
  searchable: false,
  hasLogic: false,
}
