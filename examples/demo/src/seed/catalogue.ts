import type { NewRecord } from '@guanxi/core'
import type { Product } from '@guanxi/core/standard'

const line = (category: string, unit: string, items: string): readonly NewRecord<Product>[] =>
  items.split('; ').map((item) => {
    const [sku = '', name = '', price = '0'] = item.split(' | ')
    const minor = Number(price) * 100
    const cost = Math.round(minor * 0.58)
    return { sku, name, category, unit, price: { minor, currency: 'CNY' }, cost: { minor: cost, currency: 'CNY' } }
  })

/** What Harbor Trading sells. */
export const catalogue: readonly NewRecord<Product>[] = [
  ...line(
    '餐厨 Kitchen',
    '件',
    'HT-K101 | 竹制砧板 Bamboo board | 46; HT-K102 | 铸铁煎锅 Cast-iron pan 26 cm | 138; HT-K103 | 陶瓷餐具四件套 Stoneware set | 168; HT-K104 | 不锈钢保温壶 Steel flask 1 L | 79; HT-K105 | 玻璃密封罐 Storage jar | 22; HT-K106 | 亚麻餐巾 Linen napkin | 18; HT-K107 | 刀具五件套 Knife set | 229; HT-K108 | 硅胶烘焙垫 Baking mat | 25',
  ),
  ...line(
    '户外 Outdoor',
    '件',
    'HT-O201 | 折叠露营椅 Camping chair | 119; HT-O202 | 双人帐篷 Two-person tent | 459; HT-O203 | 便携炉具 Camp stove | 149; HT-O204 | 天幕 Tarp 4×3 m | 199; HT-O205 | 防水收纳袋 Dry bag 20 L | 58; HT-O206 | 太阳能营灯 Solar lantern | 88; HT-O207 | 保冷箱 Cooler 30 L | 269; HT-O208 | 铝合金桌 Folding table | 239',
  ),
  ...line(
    '园艺 Garden',
    '件',
    'HT-G301 | 陶土花盆 Terracotta pot | 28; HT-G302 | 园艺三件套 Hand tools | 65; HT-G303 | 自动浇水器 Drip watering kit | 96; HT-G304 | 藤编花架 Rattan stand | 128; HT-G305 | 户外地垫 Outdoor rug | 175',
  ),
  ...line(
    '布艺 Textiles',
    '件',
    'HT-T401 | 水洗棉四件套 Washed-cotton bedding | 299; HT-T402 | 羊毛毯 Wool throw | 259; HT-T403 | 酒店浴巾 Hotel bath towel | 42; HT-T404 | 遮光窗帘 Blackout curtain | 138; HT-T405 | 亚麻抱枕 Linen cushion | 55',
  ),
  ...line(
    '灯饰 Lighting',
    '盏',
    'HT-L501 | 纸艺吊灯 Paper pendant | 159; HT-L502 | 黄铜台灯 Brass table lamp | 329; HT-L503 | 庭院串灯 String lights | 89; HT-L504 | 感应夜灯 Night light | 36',
  ),
]
