/** Places that company names start with or carry in brackets; they tell branches apart, not companies. */
const places = `
  中国 中华 北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏
  宁夏 新疆 香港 澳门 深圳 广州 杭州 南京 苏州 成都 武汉 西安 长沙 郑州 青岛 济南 大连 沈阳 宁波 厦门 福州 合肥 无锡 佛山 东莞 珠海 昆明 南昌 哈尔滨 长春 石家庄 太原
  南宁 贵阳 兰州 海口 常州 温州 烟台 嘉兴 惠州 中山 亚太 亚洲 大中华
`
  .trim()
  .split(/\s+/)

const latinPlaces = 'china|prc|beijing|shanghai|shenzhen|guangzhou|hangzhou|hong kong|hk|taiwan|singapore|asia|apac|asia pacific'

const place = `(?:${places.join('|')})(?:省|市|自治区|特别行政区)?`

/** `（上海）`, `(china)`: a place in brackets. */
export const bracketedPlace = new RegExp(`[(\\[【〔]\\s*(?:${place}|${latinPlaces})\\s*[)\\]】〕]`, 'gu')

const placeNames = new Set(places)
const kindsOfPlaces = ['省', '市', '自治区', '特别行政区']

/** How many characters of a place the name starts with; 0 when nothing would be left. Looked up: trying every place costs more than all else. */
export function leadingPlace(name: string): number {
  const start = [2, 3].find((length) => placeNames.has(name.slice(0, length)))
  if (start === undefined) return 0
  const kind = kindsOfPlaces.find((each) => name.startsWith(each, start))
  const length = start + (kind?.length ?? 0)
  return length < name.length ? length : 0
}
