import { option } from './words.ts'

/** Industries of leads and customers. */
export const industries = [
  option('manufacturing', '制造', 'Manufacturing'),
  option('trade', '贸易', 'Trade'),
  option('retail', '零售', 'Retail'),
  option('food', '食品饮料', 'Food and beverage'),
  option('logistics', '物流', 'Logistics'),
  option('technology', '科技', 'Technology'),
  option('software', '软件', 'Software'),
  option('finance', '金融', 'Finance'),
  option('medical', '医疗', 'Medical'),
  option('education', '教育', 'Education'),
  option('construction', '建筑', 'Construction'),
  option('energy', '能源', 'Energy'),
  option('agriculture', '农业', 'Agriculture'),
  option('telecommunications', '通信', 'Telecommunications'),
  option('entertainment', '文娱', 'Entertainment'),
  option('marketing', '营销广告', 'Marketing'),
  option('employment', '人力资源', 'Employment services'),
  option('hospitality', '餐饮酒店', 'Hospitality'),
  option('government', '政府', 'Government'),
  option('services', '其他服务', 'Other services'),
  option('other', '其他', 'Other'),
] as const
