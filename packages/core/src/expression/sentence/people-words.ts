interface Words {
  readonly 'zh-CN': string
  readonly en: string
}

const words = (zh: string, en: string): Words => ({ 'zh-CN': zh, en })

/** What the fields of people and teams are called. */
export const peopleWords: Readonly<Record<string, Words>> = {
  id: words('编号', 'Id'),
  name: words('姓名', 'Name'),
  email: words('邮箱', 'E-mail'),
  state: words('状态', 'Work state'),
  awayFrom: words('休假开始', 'Away from'),
  awayTo: words('休假结束', 'Away until'),
  locale: words('语言', 'Language'),
  roles: words('角色', 'Roles'),
  teamId: words('团队', 'Team'),
  leaderId: words('主管', 'Leader'),
  parentId: words('上级团队', 'Team above'),
}

/** What somebody's work states are called. */
export const stateWords: Readonly<Record<string, Words>> = {
  active: words('在职', 'Active'),
  onboarding: words('入职中', 'Onboarding'),
  away: words('休假', 'Away'),
  suspended: words('停用', 'Suspended'),
  left: words('离职', 'Left'),
}
