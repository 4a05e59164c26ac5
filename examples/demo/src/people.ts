import type { DirectoryInput, Identity } from '@guanxi/core'

/** What somebody may do here; one role each. */
export type Role = 'rep' | 'manager' | 'finance' | 'admin'

/** A person of the company, as the shop knows them. */
export interface Employee {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly team: string
  readonly locale: 'zh-CN' | 'en'
}

/** The shop is one company, so everything belongs to one tenant. */
export const tenant = 'harbor'

export const teams = [
  { id: 'sales', name: '销售部 Sales', parentId: null },
  { id: 'east', name: '华东 East China', parentId: 'sales' },
  { id: 'south', name: '华南 South China', parentId: 'sales' },
  { id: 'overseas', name: '海外 Overseas', parentId: 'sales' },
  { id: 'office', name: '综合部 Office', parentId: null },
]

const person = (id: string, name: string, role: Role, team: string, locale: Employee['locale'] = 'zh-CN'): Employee => ({
  id,
  name,
  role,
  team,
  locale,
})

export const employees: readonly Employee[] = [
  person('chen-siyuan', '陈思远', 'manager', 'east'),
  person('li-xiaowen', '李晓雯', 'rep', 'east'),
  person('wang-zixuan', '王子轩', 'rep', 'east'),
  person('zhao-yutong', '赵雨桐', 'rep', 'east'),
  person('sun-jiayi', '孙嘉怡', 'rep', 'east'),
  person('huang-zhiqiang', '黄志强', 'manager', 'south'),
  person('lin-wanqing', '林婉清', 'rep', 'south'),
  person('zheng-haoran', '郑浩然', 'rep', 'south'),
  person('wu-mengjie', '吴梦洁', 'rep', 'south'),
  person('he-junjie', '何俊杰', 'rep', 'south'),
  person('daniel-brooks', 'Daniel Brooks', 'manager', 'overseas', 'en'),
  person('emma-clarke', 'Emma Clarke', 'rep', 'overseas', 'en'),
  person('shen-kexin', '沈可欣', 'rep', 'overseas'),
  person('lucas-meyer', 'Lucas Meyer', 'rep', 'overseas', 'en'),
  person('aisha-rahman', 'Aisha Rahman', 'rep', 'overseas', 'en'),
  person('zhou-min', '周敏', 'finance', 'office'),
  person('guo-kai', '郭凯', 'admin', 'office'),
]

/** One click on the sign-in page each. */
export const signIns = ['li-xiaowen', 'chen-siyuan', 'zhou-min', 'guo-kai'].map(employeeById).filter((each) => each !== null)

export function employeeById(id: string): Employee | null {
  return employees.find((each) => each.id === id) ?? null
}

/** How the CRM sees somebody: this is all the host tells it. */
export function identityOf({ id, name, role, team }: Employee, locale: string): Identity {
  return { id, name, tenant, roles: [role], teamIds: [team], locale }
}

/** Everybody, for the CRM's directory. */
export const directory: DirectoryInput = {
  tenant,
  teams,
  people: employees.map(({ id, name, role, team, locale }) => ({
    ...(role === 'manager' && { leads: [team] }),
    id,
    name,
    roles: [role],
    teamIds: [team],
    locale,
    email: `${id.replace('-', '.')}@harbor-trading.example.com`,
  })),
}
