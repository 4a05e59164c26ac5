import { defineObject } from '../../object/define-object.ts'
import type { ObjectHandle, RecordOf } from '../../object/handle.ts'
import { says, words } from '../words.ts'

const productDefinition = defineObject(
  'product',
  {
    type: 'object',
    required: ['name'],
    properties: {
      name: { kind: 'text', maxLength: 200, search: true, ...says('名称', 'Name', '产品名称。', 'Name of the product.') },
      sku: {
        kind: 'text',
        maxLength: 64,
        unique: true,
        search: true,
        ...says('货号', 'SKU', '唯一的货号。', 'One number for one product.'),
      },
      category: { kind: 'text', maxLength: 100, index: true, ...says('类别', 'Category', '产品类别。', 'Group of products.') },
      unit: { kind: 'text', maxLength: 20, ...says('单位', 'Unit', '如件、箱、吨。', 'E.g. piece, carton, tonne.') },
      price: { kind: 'money', ...says('单价', 'Price', '对外报价。', 'What customers pay.') },
      cost: { kind: 'money', ...says('成本', 'Cost', '内部成本。', 'What it costs us.') },
      active: {
        kind: 'boolean',
        default: true,
        index: true,
        ...says('在售', 'On sale', '停售的产品不再用于新商机。', 'Products off sale are not used for new deals.'),
      },
      description: { kind: 'longText', ...says('说明', 'Description', '规格和卖点。', 'Specification and merits.') },
    },
  },
  {
    label: words('产品', 'Product'),
    pluralLabel: words('产品', 'Products'),
    help: words('我们卖的东西。', 'What we sell.'),
    nameField: 'name',
    columns: ['name', 'sku', 'category', 'price', 'unit', 'active'],
    sections: [
      { label: words('产品', 'Product'), fields: ['name', 'sku', 'category', 'unit', 'active', 'description'] },
      { label: words('价格', 'Price'), fields: ['price', 'cost'] },
    ],
  },
)

/** 产品: what we sell. */
export interface Product extends RecordOf<typeof productDefinition> {}

export const product: ObjectHandle<Product> = productDefinition
