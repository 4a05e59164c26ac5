import { fileURLToPath } from 'node:url'
import type { ImportMapping } from '@guanxi/adapters/import'

/** Beside the repository, not in it: the data is third-party. */
export const northwindFolder = fileURLToPath(new URL('../../../../shared/data/northwind/', import.meta.url))

const empty = ['NULL']
const columns = (pairs: Readonly<Record<string, string>>) => Object.entries(pairs).map(([column, field]) => ({ column, field }))
const dollars = (column: string, field: string) => ({ column, field, options: { currency: 'USD' } })

/** In what order they are given does not matter. */
export const mappings: Readonly<Record<string, ImportMapping>> = {
  'order_details.csv': {
    object: 'order_line',
    columns: [
      ...columns({ orderID: 'orderId', productID: 'productId', quantity: 'quantity', discount: 'discount' }),
      dollars('unitPrice', 'unitPrice'),
    ],
    templates: { name: '{orderID}/{productID}' },
    references: { orderId: { by: ['number'] }, productId: { by: ['sku'] } },
    key: ['orderId', 'productId'],
    empty,
  },
  'orders.csv': {
    object: 'sales_order',
    columns: [
      ...columns({
        orderID: 'number',
        customerID: 'customerId',
        employeeID: 'ownerId',
        orderDate: 'orderDate',
        requiredDate: 'requiredDate',
        shippedDate: 'shippedDate',
        shipVia: 'shipperId',
        shipName: 'shipName',
        shipPostalCode: 'shipPostalCode',
      }),
      dollars('freight', 'freight'),
    ],
    references: { customerId: { by: ['familyId'] }, shipperId: { by: ['number'] } },
    key: ['number'],
    empty,
    zone: 'UTC',
    history: {
      createdAt: 'orderDate',
      stages: [{ at: 'shippedDate', set: { shippedDate: { column: 'shippedDate' } } }],
    },
  },
  'customers.csv': {
    object: 'customer',
    columns: columns({ customerID: 'familyId', companyName: 'name', address: 'address', region: 'region' }),
    key: ['familyId'],
    empty,
  },
  'products.csv': {
    object: 'product',
    columns: [...columns({ productID: 'sku', productName: 'name' }), dollars('unitPrice', 'price')],
    key: ['sku'],
    empty,
  },
  'shippers.csv': { object: 'shipper', columns: columns({ shipperID: 'number', companyName: 'name' }), key: ['number'], empty },
  'employees.csv': { object: '@people', columns: columns({ employeeID: 'id', lastName: 'name' }), empty },
  'territories.csv': {
    object: 'territory',
    columns: columns({ territoryID: 'number', territoryDescription: 'name' }),
    key: ['number'],
    empty,
  },
}
