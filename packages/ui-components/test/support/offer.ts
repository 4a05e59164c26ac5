import type { CrmRecord, FieldKind, FieldView, ObjectView, Words } from '../../src/client/types.ts'

const words = (zh: string, en: string): Words => ({ 'zh-CN': zh, en })
const field = (name: string, kind: FieldKind, zh: string, en: string, more: Partial<FieldView> = {}): FieldView => ({
  name,
  kind,
  label: words(zh, en),
  layer: 'object',
  ...more,
})
const lost = { '===': [{ var: 'stage' }, 'lost'] }

/** An object whose fields compute themselves, follow one another, and are asked for by conditions. */
export const offer: ObjectView = {
  name: 'offer',
  label: words('报价', 'offer'),
  pluralLabel: words('报价', 'Offers'),
  nameField: 'name',
  permissions: ['read', 'create', 'update', 'delete'],
  sections: [
    { label: words('报价', 'Offer'), fields: ['name', 'stage', 'pieces', 'price', 'total', 'discount', 'net'], columns: 3 },
    { label: words('输单', 'Loss'), fields: ['reason', 'competitor'] },
  ],
  fields: [
    field('name', 'text', '名称', 'Name', { required: true, maxLength: 80 }),
    field('stage', 'choice', '阶段', 'Stage', {
      default: 'open',
      options: [
        { value: 'open', label: words('进行中', 'Open') },
        { value: 'won', label: words('赢单', 'Won') },
        { value: 'lost', label: words('输单', 'Lost') },
      ],
    }),
    field('pieces', 'integer', '数量', 'Pieces', { minimum: 0, maximum: 1000 }),
    field('price', 'decimal', '单价', 'Price', {
      scale: 2,
      minimum: 0,
      maximum: 10_000,
      when: { readOnly: { '===': [{ var: 'stage' }, 'won'] } },
    }),
    field('total', 'decimal', '合计', 'Total', {
      scale: 2,
      readOnly: true,
      help: words('数量乘以单价', 'Pieces by price'),
      formula: { logic: { '*': [{ var: 'pieces' }, { var: 'price' }] }, mode: 'stored', currency: null },
    }),
    field('discount', 'integer', '折扣 %', 'Discount %', {
      minimum: 0,
      maximum: 50,
      help: words('满 100 件自动给 5%', '5 % from 100 pieces on'),
      defaultLogic: { if: [{ '>=': [{ var: 'pieces' }, 100] }, 5, 0] },
    }),
    field('net', 'decimal', '折后', 'Net', {
      scale: 2,
      readOnly: true,
      formula: { logic: { '*': [{ var: 'total' }, { '-': [1, { '/': [{ var: 'discount' }, 100] }] }] }, mode: 'read', currency: null },
    }),
    field('reason', 'text', '输单原因', 'Reason it was lost', { when: { required: lost, hidden: { '!': [lost] }, clear: true } }),
    field('competitor', 'text', '竞争对手', 'Competitor', { when: { hidden: { '!': [lost] } } }),
  ],
}

/** One that is won. */
export const offers: CrmRecord[] = [
  { id: 'o1', version: 1, name: '蓝海年度框架', stage: 'won', pieces: 120, price: '85.00', total: '10200.00', discount: 5, net: '9690.00' },
]
