import { userEvent } from 'vitest/browser'
import { customersFile, fileOf } from './import-desk.ts'
import { all, eventually, one } from './mount.ts'

/** A step of an import and the way to it from the start, without words, so that it works in every language. */
export interface ImportStep {
  readonly name: string
  reach(element: HTMLElement): Promise<void>
}

const start = async (element: HTMLElement): Promise<void> => {
  await eventually(() => all(element, '.drop').length).toBe(1)
}

const files = async (element: HTMLElement): Promise<void> => {
  await start(element)
  const contacts = fileOf('deals.csv', '商机名称,客户,预计成交\n一期,没有这家,03/04/2026\n二期,也没有,05/04/2026')
  await userEvent.upload(one(element, '.drop-input'), [fileOf('客户名单.csv', customersFile), contacts])
  await eventually(() => all(element, '.file .good').length).toBe(2)
}

const onwards = async (element: HTMLElement): Promise<void> => {
  await eventually(() => all(element, '.foot .btn-primary:enabled').length).toBe(1)
  await userEvent.click(one(element, '.foot .btn-primary'))
}

const mapping = async (element: HTMLElement): Promise<void> => {
  await files(element)
  await onwards(element)
  await eventually(() => all(element, '.value').length).toBe(2)
  await eventually(() => all(element, '.foot .btn-primary:enabled').length).toBe(1)
}

const settings = async (element: HTMLElement): Promise<void> => {
  await mapping(element)
  await userEvent.click(all(element, '.rail-item')[1] ?? element)
  await eventually(() => all(element, '.column').length).toBe(3)
  for (const fold of [...all(element, '.fold'), ...all(element, 'summary')]) fold.click()
  await userEvent.click(one(element, 'details .btn-sm'))
  await eventually(() => all(element, '.moment').length).toBe(2)
}

const rehearsal = async (element: HTMLElement): Promise<void> => {
  await mapping(element)
  await onwards(element)
  await eventually(() => all(element, '.row-line').length).toBeGreaterThan(2)
}

const repairs = async (element: HTMLElement): Promise<void> => {
  await rehearsal(element)
  await userEvent.click(one(element, '[data-figure=repaired]'))
  await eventually(() => all(element, '.repair').length).toBe(1)
}

const result = async (element: HTMLElement): Promise<void> => {
  await rehearsal(element)
  await onwards(element)
  await eventually(() => all(element, '.bad-row').length).toBeGreaterThan(2)
}

export const importSteps: readonly ImportStep[] = [
  { name: 'start', reach: start },
  { name: 'files', reach: files },
  { name: 'mapping', reach: mapping },
  { name: 'settings', reach: settings },
  { name: 'rehearsal', reach: rehearsal },
  { name: 'repairs', reach: repairs },
  { name: 'result', reach: result },
]
