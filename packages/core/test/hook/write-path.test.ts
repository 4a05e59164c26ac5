import { describe, expect, it } from 'vitest'
import { after, before, check, committed, type Hook } from '../../src/hook/hook.ts'
import { orderHooks, phases } from '../../src/hook/ordered-hook.ts'
import { longestWritePath, writePath } from '../../src/hook/write-path.ts'
import { deal, runnerOf } from './support.ts'

const noop = () => {}
const ordered = (...hooks: Hook[]) => {
  const byPhase = orderHooks(hooks.map((hook) => ({ plugin: 'sales', hook })))
  return phases.flatMap((phase) => byPhase[phase])
}

describe('a write', () => {
  it('is one statement without hooks, and with committed ones', () => {
    expect(writePath(ordered(committed(deal, { id: 'tell', database: true }, noop)), 'update', ['title'])).toEqual({
      needs: 'nothing',
      because: [],
    })
  })

  it('is one statement on create when its hooks leave the database alone', () => {
    const hooks = ordered(check(deal, { id: 'a' }, noop), before(deal, { id: 'b' }, noop))
    expect(writePath(hooks, 'create', ['title']).needs).toBe('nothing')
    expect(writePath(hooks, 'update', ['title']).because).toEqual([
      'sales:a may read the whole record',
      'sales:b may read the whole record',
    ])
  })

  it('is one statement on update when everything its hooks read was sent', () => {
    const hooks = ordered(before(deal, { id: 'b', reads: ['stage', 'amount'] }, noop))
    expect(writePath(hooks, 'update', ['stage', 'amount', 'title']).needs).toBe('nothing')
    expect(writePath(hooks, 'update', ['stage'])).toEqual({ needs: 'record', because: ['sales:b reads amount'] })
  })

  it('needs the transaction for an after hook and for one that uses the database', () => {
    const hooks = ordered(after(deal, { id: 'a' }, noop), before(deal, { id: 'b', reads: [], database: true }, noop))
    expect(writePath(hooks, 'create', [])).toEqual({
      needs: 'transaction',
      because: ['sales:b uses the database', 'sales:a runs after the write'],
    })
  })

  it('is not made longer by hooks that do not listen to it', () => {
    const hooks = ordered(after(deal, { id: 'a', on: ['delete'] }, noop), before(deal, { id: 'b', fields: ['stage'] }, noop))
    expect(writePath(hooks, 'update', ['title']).needs).toBe('nothing')
    expect(runnerOf([after(deal, { id: 'a' }, noop)]).runner.writePath('lead', 'create', []).needs).toBe('nothing')
  })
})

describe('the longest path of an object', () => {
  it('says which field sent makes which hook need the record', () => {
    const hooks = ordered(before(deal, { id: 'b', fields: ['stage', 'amount'], reads: ['stage'] }, noop))
    expect(longestWritePath(hooks, 'update').because).toEqual(['sales:b reads stage, when amount is sent'])
    expect(longestWritePath(hooks, 'create').needs).toBe('nothing')
  })

  it('holds for any field when the hook listens to all', () => {
    expect(longestWritePath(ordered(before(deal, { id: 'b', reads: ['stage'] }, noop)), 'update').because).toEqual(['sales:b reads stage'])
    expect(longestWritePath(ordered(before(deal, { id: 'b', reads: [] }, noop)), 'update').needs).toBe('nothing')
  })
})
