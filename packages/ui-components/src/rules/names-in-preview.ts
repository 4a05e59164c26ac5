import type { DeciderPreview } from '@guanxi/core/types'
import type { Names } from '../client/names.ts'
import type { ObjectView } from '../client/types.ts'

/** Reads what everybody and everything in the numbers of a run is called. */
export async function namePreview(names: Names, object: ObjectView | undefined, preview: DeciderPreview): Promise<void> {
  const { people, teams, breaches, sample } = preview
  const pairs = sample.flatMap(({ values }) =>
    Object.entries(values).flatMap(([name, both]) => {
      const field = object?.fields.find((one) => one.name === name)
      return field ? both.map((value) => [field, value] as const) : []
    }),
  )
  await Promise.all([
    names.load({ people: idsOf(people), teams: [...idsOf(teams), ...breaches.flatMap(({ team }) => team ?? [])] }),
    names.loadValues(pairs),
  ])
}

/** Of shares of people or teams whose they are; records of nobody are left out. */
export const idsOf = (shares: readonly { readonly id: string | null }[]): string[] => shares.flatMap(({ id }) => id ?? [])
