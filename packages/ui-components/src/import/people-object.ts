import type { ChoiceOption, FieldKind, FieldView, ObjectView, Words } from '../client/types.ts'

/** Stands for the directory where a mapping names an object. */
export const peopleObject = '@people'

const words = (zh: string, en: string): Words => ({ 'zh-CN': zh, en })

const person = (name: string, kind: FieldKind, zh: string, en: string, more: Partial<FieldView> = {}): FieldView => ({
  name,
  kind,
  label: words(zh, en),
  layer: 'object',
  ...more,
})

const states: readonly ChoiceOption[] = [
  { value: 'active', label: words('在职', 'Active') },
  { value: 'onboarding', label: words('入职中', 'Onboarding') },
  { value: 'away', label: words('休假', 'Away') },
  { value: 'suspended', label: words('停用', 'Suspended') },
  { value: 'left', label: words('离职', 'Left') },
]

/** The directory as a target of imports. It is no object of the records interface, so its fields stand here. */
export const peopleView: ObjectView = {
  name: peopleObject,
  label: words('人员', 'People'),
  pluralLabel: words('人员', 'People'),
  nameField: 'name',
  permissions: ['create'],
  fields: [
    person('id', 'text', '工号', 'Id'),
    person('name', 'text', '姓名', 'Name', { required: true }),
    person('email', 'email', '邮箱', 'E-mail'),
    person('state', 'choice', '状态', 'State', { options: states }),
    person('roles', 'multiChoice', '角色', 'Roles'),
    person('team', 'text', '团队', 'Team'),
    person('manager', 'text', '经理', 'Manager'),
    person('parentTeam', 'text', '上级团队', 'Parent team'),
  ],
}
