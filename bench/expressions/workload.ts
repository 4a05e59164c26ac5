/** A lead as the measurements know it. */
export interface Lead {
  readonly stage: string
  readonly region: string
  readonly source: string
  readonly score: number
  readonly employees: number
  readonly visits: number
  readonly hot: boolean
}

/** One rule in every way it is measured: as data, as JavaScript somebody would write, as CEL. */
export interface Rule {
  readonly logic: unknown
  readonly source: string
  readonly cel: string
  readonly conditions: unknown
}

const stages = ['new', 'contacted', 'qualified', 'proposal', 'won', 'lost']
const regions = Array.from({ length: 20 }, (_, index) => `region${index}`)
const sources = Array.from({ length: 12 }, (_, index) => `source${index}`)

/** The same numbers at each run. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T

export function leadsOf(count: number): Lead[] {
  const random = randomOf(1)
  return Array.from({ length: count }, () => ({
    stage: pick(stages, random),
    region: pick(regions, random),
    source: pick(sources, random),
    score: Math.floor(random() * 100),
    employees: Math.floor(random() * 1_000),
    visits: Math.floor(random() * 30),
    hot: random() < 0.3,
  }))
}

const v = (name: string): unknown => ({ var: name })

/** Rules of the sort an assignment has: one or two keys of few values, and a bound. */
export function rulesOf(count: number): Rule[] {
  const random = randomOf(2)
  return Array.from({ length: count }, () => {
    const region = pick(regions, random)
    const source = pick(sources, random)
    const score = Math.floor(random() * 60)
    const employees = Math.floor(random() * 300)
    return {
      logic: {
        and: [
          { '===': [v('region'), region] },
          { or: [{ '===': [v('source'), source] }, { '>': [v('score'), score] }] },
          { '>=': [v('employees'), employees] },
        ],
      },
      source: `lead.region === '${region}' && (lead.source === '${source}' || lead.score > ${score}) && lead.employees >= ${employees}`,
      cel: `region == '${region}' && (source == '${source}' || score > ${score}) && employees >= ${employees}`,
      conditions: {
        all: [
          { fact: 'region', operator: 'equal', value: region },
          {
            any: [
              { fact: 'source', operator: 'equal', value: source },
              { fact: 'score', operator: 'greaterThan', value: score },
            ],
          },
          { fact: 'employees', operator: 'greaterThanInclusive', value: employees },
        ],
      },
    }
  })
}

/** One condition of four terms. */
export const condition: Rule = {
  logic: {
    and: [
      { '!==': [v('stage'), 'lost'] },
      { '>': [v('score'), 20] },
      { in: [v('source'), ['source1', 'source2', 'source3', 'source4', 'source5', 'source6']] },
      { '>=': [v('employees'), 100] },
    ],
  },
  source: `lead.stage !== 'lost' && lead.score > 20 && ['source1','source2','source3','source4','source5','source6'].includes(lead.source) && lead.employees >= 100`,
  cel: `stage != 'lost' && score > 20 && source in ['source1','source2','source3','source4','source5','source6'] && employees >= 100`,
  conditions: {
    all: [
      { fact: 'stage', operator: 'notEqual', value: 'lost' },
      { fact: 'score', operator: 'greaterThan', value: 20 },
      { fact: 'source', operator: 'in', value: ['source1', 'source2', 'source3', 'source4', 'source5', 'source6'] },
      { fact: 'employees', operator: 'greaterThanInclusive', value: 100 },
    ],
  },
}

/** A score of twenty terms. */
export const score: { readonly logic: unknown; readonly source: string; readonly cel: string } = (() => {
  const terms = Array.from({ length: 20 }, (_, index) => {
    const bound = index * 4
    const weight = index + 1
    return index % 2 === 0
      ? {
          logic: { if: [{ '>': [v('score'), bound] }, weight, 0] },
          source: `(lead.score > ${bound} ? ${weight} : 0)`,
          cel: `(score > ${bound} ? ${weight} : 0)`,
        }
      : { logic: { '*': [v('visits'), weight] }, source: `lead.visits * ${weight}`, cel: `visits * ${weight}` }
  })
  return {
    logic: { '+': terms.map(({ logic }) => logic) },
    source: terms.map(({ source }) => source).join(' + '),
    cel: terms.map(({ cel }) => cel).join(' + '),
  }
})()

/** Its fields, as an expression is checked against. */
export const fields = {
  stage: 'text',
  region: 'text',
  source: 'text',
  score: { kind: 'integer', minimum: 0, maximum: 100 },
  employees: { kind: 'integer', minimum: 0, maximum: 1_000_000 },
  visits: { kind: 'integer', minimum: 0, maximum: 10_000 },
  hot: 'boolean',
} as const
