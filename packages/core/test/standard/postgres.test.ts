import { conversion, customer, deal, lead, stage } from '@guanxi/core/standard'
import { expect, it, onTestFinished } from 'vitest'
import { engines } from '../../../../test/support/engines.ts'
import { rep, standardCrm } from './standard-crm.ts'

it('converts, refuses and undoes on PostgreSQL as on SQLite', async () => {
  const database = await engines.find(({ name }) => name === 'postgres')?.create()
  if (!database) throw new Error('there is no PostgreSQL among the engines')
  onTestFinished(() => database.drop())
  const { session, crm } = await standardCrm(database.store())
  const record = await session.records(lead).create({ name: '王伟', companyName: '蓝海科技', ownerId: rep.id, status: 'following' })
  const input = { leadId: record.id, version: record.version, deal: { name: '首单' } }
  const converted = await session.service(conversion).convert(session, input)
  const { records: stages } = await session.records(stage).find({ where: { outcome: 'lost' } })
  const lose = session.records(deal).update({ id: converted.convertedDealId ?? '', version: 'any' }, { stageId: stages[0]?.id })
  await expect(lose).rejects.toMatchObject({ code: 'STANDARD_LOST_REASON_REQUIRED', path: '/lostReason' })
  const remove = session.records(customer).remove({ id: converted.convertedCustomerId ?? '', version: 'any' })
  await expect(remove).rejects.toMatchObject({ code: 'STANDARD_HAS_OPEN_CHILDREN' })
  const undone = await session.service(conversion).undo(session, { leadId: record.id, version: converted.version })
  expect(undone).toMatchObject({ status: 'following', convertedCustomerId: null })
  expect([await session.records(customer).count(), await session.records(deal).count()]).toEqual([0, 0])
  await crm.close()
})
