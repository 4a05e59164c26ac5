import type { Words } from '@guanxi/core'

const says = (zh: string, en: string): Words => ({ 'zh-CN': zh, en })

/** Everything an import may do to a cell so that it fits. Each one is counted per column and shown; nothing else is changed. */
export const repairs = {
  WIDTH: says('全角字符改为半角', 'Full-width characters made half-width'),
  DATE_SPELLING: says('日期改写为标准形式', 'Date written in the standard form'),
  DATE_ORDER: says('按本列的日月顺序读取日期', 'Date read in the order of this column'),
  DATE_SERIAL: says('表格的日期序号改为日期', 'Spreadsheet day number made a date'),
  TIME_DROPPED: says('去掉日期后面的时间', 'Time of day left out'),
  SEPARATORS: says('去掉千位分隔符', 'Thousands separators removed'),
  NUMBER_SPELLING: says('数字改写为标准形式', 'Number written in the standard form'),
  NUMBER_NOISE: says('去掉浮点误差', 'Floating-point noise removed'),
  NUMBER_AS_TEXT: says('数字保存为文字', 'Number kept as text'),
  UNIT: says('按单位（千、万、亿）换算', 'Multiplied by its unit (千, 万, 亿, k, M)'),
  CURRENCY: says('按货币符号读取货币', 'Currency read from its sign'),
  PERCENT: says('按百分数读取', 'Read as a percentage'),
  PHONE_NUMBER: says('数字改为电话号码', 'Number made a telephone number'),
  BOOLEAN_WORD: says('文字改为是或否', 'Word read as yes or no'),
  OPTION_SPELLING: says('按相近写法匹配选项', 'Option matched in another spelling'),
  NAME_SPELLING: says('按相近写法匹配名称', 'Name matched in another spelling'),
  VALUE_MAPPED: says('按取值对照替换', 'Replaced by the value mapping'),
  EMPTY_WORD: says('表示空的词改为空', 'Word for nothing read as empty'),
  REFERENCE_EMPTIED: says('没有的名称留空', 'Name that nobody has left empty'),
  REFERENCE_CREATED: says('没有的名称已新建', 'Record created for a name that was missing'),
  FORMULA_VALUE: says('采用公式上次的结果', 'Last result of the formula used'),
  URL_SCHEME: says('网址补上 https://', 'https:// put before the address'),
} as const satisfies Record<string, Words>

/** A code of {@link repairs}. */
export type RepairCode = keyof typeof repairs
