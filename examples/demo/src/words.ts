import type { Locale } from './session.ts'

const dictionary = {
  shop: ['海蓝贸易', 'Harbor Trading'],
  tagline: ['家居与户外用品，从宁波发往世界', 'Home and outdoor goods, from Ningbo to the world'],
  home: ['首页', 'Home'],
  deals: ['商机', 'Deals'],
  leads: ['线索', 'Leads'],
  customers: ['客户', 'Customers'],
  products: ['产品', 'Products'],
  segments: ['细分', 'Segments'],
  import: ['导入', 'Import'],
  settings: ['设置', 'Settings'],
  rules: ['规则', 'Rules'],
  operations: ['运行', 'Operations'],
  signInTitle: ['选择一个身份登录', 'Sign in as'],
  signInHint: ['这是演示公司，数据均为虚构。点一下即可进入。', 'This is a demo company; all data is fictional. One click signs you in.'],
  signOut: ['退出', 'Sign out'],
  rep: ['销售', 'Sales rep'],
  manager: ['区域经理', 'Regional manager'],
  finance: ['财务', 'Finance'],
  admin: ['管理员', 'Administrator'],
  repHint: ['查看全部，新建和修改', 'Sees everything, creates and edits'],
  managerHint: ['还可以删除和恢复', 'May also delete and restore'],
  financeHint: ['只读', 'Read only'],
  adminHint: ['包括自定义字段', 'Including custom fields'],
  greeting: ['你好，{name}', 'Hello, {name}'],
  today: ['今天是 {date}', 'Today is {date}'],
  ordersThisMonth: ['近 30 天订单', 'Orders, 30 days'],
  salesThisMonth: ['近 30 天销售额（人民币）', 'Sales in yuan, 30 days'],
  openDeals: ['进行中的商机', 'Open deals'],
  openValue: ['商机金额（人民币）', 'Pipeline value, yuan'],
  recentOrders: ['最近的订单', 'Recent orders'],
  pipeline: ['商机管道', 'Pipeline'],
  toBoard: ['打开看板', 'Open the board'],
  order: ['订单', 'Order'],
  customer: ['客户', 'Customer'],
  items: ['内容', 'Items'],
  amount: ['金额', 'Amount'],
  status: ['状态', 'Status'],
  date: ['日期', 'Date'],
  stage: ['阶段', 'Stage'],
  closeDate: ['预计成交', 'Close date'],
  shopOrders: ['商城订单', 'Shop orders'],
  fromShop: ['来自商城数据库', 'From the shop’s own table'],
  fromCrm: ['来自 CRM', 'From the CRM'],
  noOrders: ['还没有订单。', 'No orders yet.'],
  contacts: ['联系人', 'Contacts'],
  noContacts: ['还没有联系人。', 'No contacts yet.'],
  noDeals: ['还没有商机。', 'No deals yet.'],
  activities: ['最近跟进', 'Recent follow-ups'],
  noActivities: ['还没有跟进记录。', 'Nothing logged yet.'],
  back: ['返回客户列表', 'All customers'],
  language: ['English', '中文'],
  notFound: ['没有找到这个页面。', 'This page does not exist.'],
  failed: ['出了点问题，请稍后再试。', 'Something went wrong; try again in a moment.'],
  paid: ['已付款', 'Paid'],
  packing: ['备货中', 'Packing'],
  shipped: ['已发货', 'Shipped'],
  delivered: ['已签收', 'Delivered'],
  refunded: ['已退款', 'Refunded'],
  data: ['数据的进出', 'Data in and out'],
  export: ['导出', 'Export'],
  exportAll: ['导出全部数据（zip）', 'Export everything (zip)'],
  sample: ['示例管道', 'Sample pipeline'],
  sampleHint: [
    '两个 Excel 常见的 CSV 文件：40 家客户和 260 个商机，带着去年的开始、报价和结束日期。再次载入不会重复。',
    'Two CSV files as Excel makes them: 40 customers and 260 deals with the days of last year on which they began, were quoted and ended. Loading them again adds nothing.',
  ],
  loadSample: ['载入示例管道', 'Load the sample pipeline'],
  lastImports: ['最近的导入', 'Last imports'],
  importName: ['名称', 'Name'],
  importDone: ['已完成', 'Done'],
  importOpen: ['未完成', 'Not done'],
  importCreated: ['新建', 'Created'],
  importUpdated: ['更新', 'Updated'],
  importUnchanged: ['无变化', 'Unchanged'],
  importRefused: ['未导入', 'Refused'],
} as const satisfies Record<string, readonly [zh: string, en: string]>

export type Word = keyof typeof dictionary

/** The words of the shop in one language, and how it writes money and dates. */
export interface Speech {
  readonly locale: Locale
  (word: Word, values?: Readonly<Record<string, string>>): string
  money(minor: number, currency: string): string
  day(at: number): string
}

export function speak(locale: Locale): Speech {
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'Asia/Shanghai' })
  const say = (word: Word, values: Readonly<Record<string, string>> = {}): string =>
    dictionary[word][locale === 'zh-CN' ? 0 : 1].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
  return Object.assign(say, {
    locale,
    money: (minor: number, currency: string) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', maximumFractionDigits: 0 }).format(
        minor / 100,
      ),
    day: (at: number) => dates.format(at),
  })
}
