import { render } from 'lit'
import { afterEach, describe, expect, it } from 'vitest'
import { renderValue } from '../src/display/value.ts'
import type { FieldView } from '../src/index.ts'
import { all, clear, one, textOf } from './support/mount.ts'

afterEach(clear)

const choice = (name: string, ...values: readonly string[]): FieldView => ({
  name,
  kind: 'choice',
  label: { 'zh-CN': name, en: name },
  options: values.map((value) => ({ value, label: { 'zh-CN': `${value} 标签`, en: `${value} label` } })),
})

function shown(field: FieldView, value: unknown): HTMLElement {
  const place = document.createElement('div')
  document.body.append(place)
  render(renderValue(field, value, { locale: 'zh-CN', now: 0 }), place)
  return place
}

describe('A value for reading', () => {
  it('gives each scale of the trade a form of its own, always with words', () => {
    const tier = shown(choice('valueTier', 'V-A', 'V-E'), 'V-E')
    expect(one(tier, '.tier').textContent).toBe('V-E')
    expect(textOf(tier)).toBe('V-E 标签')
    const level = shown(choice('milestoneLevel', 'M-A', 'M-C'), 'M-C')
    expect(all(level, '.pips .on').length).toBe(2)
    expect(textOf(level)).toBe('M-C 标签')
    const grade = shown(choice('grade', 'excellent', 'poor'), 'excellent')
    expect(all(grade, '.bars .on').length).toBe(3)
    expect(textOf(shown(choice('grade', 'poor'), 'poor'))).toBe('poor 标签')
  })

  it('tints a choice only where everybody knows what it means', () => {
    expect(all(shown(choice('status', 'won'), 'won'), '.badge-success').length).toBe(1)
    expect(all(shown(choice('industry', 'retail'), 'retail'), '.badge')).toEqual([])
  })

  it('shows nothing as a dash that is not read aloud', () => {
    expect(one(shown(choice('status', 'won'), null), '[aria-hidden]').textContent).toBe('—')
  })

  it('takes a number from 0 to 100 for a share only by its name', () => {
    const number = (name: string): FieldView => ({ name, kind: 'integer', label: { 'zh-CN': name, en: name }, minimum: 0, maximum: 100 })
    expect(textOf(shown(number('probability'), 60))).toBe('60%')
    expect(textOf(shown(number('score'), 60))).toBe('60')
  })
})
