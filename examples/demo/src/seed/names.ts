import type { Random } from './random.ts'

/** A made-up person and how their name is spelt in an address. */
export interface MadePerson {
  readonly name: string
  readonly spelt: string
}

/** A made-up company: its everyday name, its name in the register, its place and its domain. */
export interface MadeCompany {
  readonly name: string
  readonly legalName: string
  readonly city: string
  readonly domain: string
  readonly chinese: boolean
}

const surnames =
  'wang王 li李 zhang张 liu刘 chen陈 yang杨 huang黄 zhao赵 wu吴 zhou周 xu徐 sun孙 ma马 zhu朱 hu胡 guo郭 he何 lin林 luo罗 gao高 zheng郑 liang梁 xie谢 song宋 tang唐 han韩 feng冯 deng邓 cao曹 peng彭'
const givenNames =
  'wei伟 na娜 jing静 min敏 lei磊 yang洋 yan艳 jie杰 tao涛 ming明 chao超 xiulan秀兰 ping平 gang刚 guiying桂英 jianguo建国 xiaoming晓明 yuting雨婷 haoyu浩宇 zihan子涵 sichen思辰 wenjing文静 zhiyuan志远 jiaqi佳琪 yifan一帆 mengyao梦瑶 jianhua建华 lihua丽华 xinyi欣怡 tianyu天宇'
const firstNames =
  'Oliver Amelia Noah Charlotte Felix Hannah Marco Giulia Pieter Sanne Thomas Ingrid Omar Leila James Priya Liam Sofia Henrik Astrid Callum Niamh Mateo Elena David Chloe'
const lastNames =
  'Whitfield Harding Okafor Lindqvist Bakker Moretti Fischer Delacroix Novak Iversen Kowalski Farah Sutherland Brandt Castellano Ferris Holloway Jansen Maddox Pereira Quigley Rasmussen Silva Thorne'
const brands =
  'yunshan云杉 qinghe青禾 muye沐野 beichen北辰屿 xingye星野谷 shiguang拾光里 nanyu南屿 zhulin竹邻 haiyan海雁 suye素页 lanting澜汀 hewan禾湾 songyun松云 yinshan隐杉 luming鹭鸣 jiayue嘉悦里 mufeng木枫 heqiao鹤桥 taoran陶然居 wuyou梧又 xingtang杏堂 caoxi草西 yunji云集屋 shuiyue水玥 banxia半夏 fengling风铃谷 zhaolu朝露 yege野鸽 baicha白茶巷 ruoxi若溪'
const trades = '家居用品 户外装备 餐厨用具 纺织 园艺 宠物用品 灯饰 日用百货 酒店用品 母婴用品'
const cities = '宁波 杭州 苏州 上海 厦门 广州 深圳 佛山 东莞 青岛 成都 武汉'
const westernBrands =
  'Alderbrook Norhaven Kestrelby Fernhill Halcyon Brightwater Thistledown Larkspur Wexmoor Penhallow Saltmarsh Quillon Hearthside Greenlea Tidewater Marlowe Ostrander Copperfold'
const westernTrades = 'Home|Outdoor|Garden|Kitchens|Hospitality|Living|Imports|Wholesale|Supply'
const forms = 'Rotterdam:B.V.|Hamburg:GmbH|Manchester:Ltd|Bristol:Ltd|Toronto:Inc.|Portland:Inc.|Melbourne:Pty Ltd|Dubai:LLC'

interface Pair {
  readonly latin: string
  readonly han: string
}

const split = (text: string, by = ' '): readonly string[] => text.split(by)
const pairs = (text: string): readonly Pair[] =>
  split(text).map((word) => ({ latin: word.replace(/[^a-z]/g, ''), han: word.replace(/[a-z]/g, '') }))

const family = pairs(surnames)
const given = pairs(givenNames)
const brandPairs = pairs(brands)

export function chinesePerson(chance: Random): MadePerson {
  const last = chance.pick(family)
  const first = chance.pick(given)
  return { name: last.han + first.han, spelt: `${first.latin}.${last.latin}` }
}

export function westernPerson(chance: Random): MadePerson {
  const first = chance.pick(split(firstNames))
  const last = chance.pick(split(lastNames))
  return { name: `${first} ${last}`, spelt: `${first}.${last}`.toLowerCase() }
}

/** Companies that all have different names. */
export function companies(chance: Random, count: number, western: number): MadeCompany[] {
  const made = new Map<string, MadeCompany>()
  while (made.size < count) {
    const company = chance.chance(western) ? westernCompany(chance) : chineseCompany(chance)
    if (!made.has(company.name)) made.set(company.name, company)
  }
  return [...made.values()]
}

function chineseCompany(chance: Random): MadeCompany {
  const brand = chance.pick(brandPairs)
  const trade = chance.pick(split(trades))
  const city = chance.pick(split(cities))
  const name = `${brand.han}${trade}`
  return { name, legalName: `${city}${name}有限公司`, city, domain: `${brand.latin}.example.cn`, chinese: true }
}

function westernCompany(chance: Random): MadeCompany {
  const brand = chance.pick(split(westernBrands))
  const [city = '', form = ''] = chance.pick(split(forms, '|')).split(':')
  const name = `${brand} ${chance.pick(split(westernTrades, '|'))}`
  return { name, legalName: `${name} ${form}`, city, domain: `${brand.toLowerCase()}.example.com`, chinese: false }
}

let numbers = 0

/** Numbers out of ranges kept for fiction and hotlines. */
export function phone(chance: Random, chinese: boolean): string {
  numbers = (numbers + 37) % 10_000
  const tail = String(numbers).padStart(4, '0')
  return chinese ? `+86 138 0013 ${tail}` : `+44 20 7946 0${String(chance.between(0, 999)).padStart(3, '0')}`
}
