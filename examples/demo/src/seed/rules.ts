import type { NewDecider, Session } from '@guanxi/core'

const label = (zh: string, en: string) => ({ 'zh-CN': zh, en })
const name = { name: { var: 'name' } }

/** What the company has agreed on, as its administrator would enter it. */
const rules: readonly (NewDecider & { readonly to: 'on' | 'shadow' })[] = [
  {
    name: 'large-deals',
    object: 'deal',
    label: label('大单跟进', 'Large deals are looked after'),
    note: '销售例会 Sales meeting',
    to: 'on',
    save: {
      kind: 'automation',
      rules: [
        {
          id: 'large',
          when: { amount: { gte: { minor: 40_000_000, currency: 'CNY' } }, status: 'open' },
          do: [
            { action: 'standard.task', params: { title: '大单「{name}」：约客户高层见面', days: 3 } },
            {
              action: 'standard.notify',
              params: {
                text: label(
                  '「{name}」超过 40 万元，三天内约高层见面',
                  '“{name}” is above ¥400,000: meet their management within three days',
                ),
              },
            },
          ],
          because: { ...label('「{name}」超过 40 万元', '“{name}” is above ¥400,000'), values: name },
        },
      ],
    },
  },
  {
    name: 'promising-leads',
    object: 'lead',
    label: label('大额线索优先', 'Promising leads come first'),
    to: 'on',
    save: {
      kind: 'compute',
      rules: [
        {
          id: 'promising',
          when: { expectedAmount: { gte: { minor: 30_000_000, currency: 'CNY' } } },
          do: [{ action: 'set', params: { values: { urgency: 'high' } } }],
          because: { ...label('「{name}」预计超过 30 万元', '“{name}” may be worth more than ¥300,000'), values: name },
        },
      ],
    },
  },
  {
    name: 'reachable-leads',
    object: 'lead',
    label: label('线索要能联系上', 'Leads can be reached'),
    note: '先看影响 First look at what it would do',
    to: 'shadow',
    save: {
      kind: 'validation',
      on: ['create'],
      rules: [
        {
          id: 'reachable',
          when: { phone: { isNull: true }, email: { isNull: true } },
          do: [
            {
              action: 'reject',
              params: { message: label('请填写电话或邮箱。', 'Enter a phone number or an e-mail address.'), field: 'phone' },
            },
          ],
          because: { ...label('「{name}」没有电话和邮箱', '“{name}” has neither phone nor e-mail'), values: name },
        },
      ],
    },
  },
]

/** Enters the rules and switches them on. */
export async function enterRules(session: Session): Promise<void> {
  for (const { to, ...rule } of rules) {
    const { id } = await session.deciders.create(rule)
    await session.deciders.advance(id, { to })
  }
}
