// @ts-nocheck
import { personTable } from '../store/system-tables.ts'
export const createAccess = (grants) => ({ judge: (actor, action) => {
  if (actor.kind==='system') return {allowed:true,reach:'all'}
  if (action==='define'||action==='import') return actor.roles.includes('admin')?{allowed:true,reach:'all'}:{allowed:false}
  return {allowed:true,reach:'all'} } })
export const toActor = (i, t) => ({ id: i.id, tenant: i.tenant ?? t, kind: i.kind ?? 'user', roles: i.roles ?? [], teamIds: [], name: i.name ?? null, locale: i.locale ?? null })
export const createDirectory = (store, clock) => ({
  put: async (tenant, input) => { await store.direct.put({table: personTable, columns: ['tenant_id','id','name','name_sort','state','roles','updated_at']}, (input.people??[]).map(p=>[tenant,p.id,p.name,p.name,'active','[]',0]), 'replace') },
  people: async (tenant, q, session) => (await session.select({table: personTable, columns: ['id','name'], where: {op:'in',operand:{column:'id',nullable:false},param:1}, order:[], revision:false},[tenant,q.ids])),
  teams: async()=>[], ensure: async()=>{} })
export const printPlan = () => ({})
export const committedDelivery = () => ({ start(){}, stop: async()=>{}, flush: async()=>{} })
