import { option } from './words.ts'

/** Where a lead or customer came from; the channels plugin replaces it by a tree with costs. */
export const sources = [
  option('website', '官网', 'Website'),
  option('event', '市场活动', 'Event'),
  option('search_ads', '搜索广告', 'Search ads'),
  option('own_media', '自媒体', 'Own media'),
  option('private_traffic', '私域', 'Private traffic'),
  option('referral', '转介绍', 'Referral'),
  option('purchased', '资源采买', 'Purchased data'),
  option('partner', '合作伙伴', 'Partner'),
  option('outbound', '主动开发', 'Outbound'),
  option('other', '其他', 'Other'),
] as const
