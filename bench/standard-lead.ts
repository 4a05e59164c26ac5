import type { Subject } from './contenders/guanxi.ts'
import { pageSize } from './operation.ts'

const places = ['上海', '深圳', '成都', '杭州', '厦门', '北京', '重庆']
const names = ['蓝海', '北辰', '华信', '远大', '天成', '银河', '長青', '金桥', '和顺']
const trades = ['科技', '贸易', '机械', '医疗', '物流', '食品']
const people = ['王芳', '李伟', '张敏', '刘洋', '陈静', '杨磊', '赵强', '单雪', '周涛']

const at = (words: readonly string[], n: number): string => words[n % words.length] ?? ''

const company = (n: number): string =>
  `${at(places, n)}${at(names, Math.floor(n / 7))}${at(trades, Math.floor(n / 63))}${n % 1_000}有限公司`

/** The standard lead: Chinese names with their pinyin, search words of four fields, the hooks of its life cycle. */
export const leadSubject: Subject = {
  object: 'lead',
  record: (n) => ({
    name: at(people, n),
    companyName: company(n),
    title: '采购经理',
    phone: `138${String(10_000_000 + (n % 80_000_000))}`,
    email: `customer.${n}@example.com`,
    address: `浦东新区世纪大道${n % 900}号`,
    needType: '设备采购',
    urgency: n % 2 === 0 ? 'high' : 'normal',
    channel: '春季展会',
    description: '希望两周内收到报价，之后安排拜访。',
  }),
  patch: (version) => ({ title: version % 2 === 0 ? '采购经理' : '采购总监' }),
  page: () => ({ where: { status: 'owned' }, sort: ['-receivedAt'], limit: pageSize }),
}
