import type { SettingPlace } from '../client/settings-client.ts'
import type { PersonSettings, ResolvedSetting, SettingView, StoredSetting } from '../client/settings-types.ts'
import { LoadController } from '../controllers/load.ts'
import { SearchBox } from '../controllers/search-box.ts'
import { ScrollWindow } from '../controllers/window.ts'
import { teamTree } from './place.ts'
import type { SettingsView } from './settings-view.ts'

/** A line of the table: a person, or a team (or the organisation) with what is set there. */
export interface CompareRow {
  readonly place: SettingPlace
  readonly name: string
  readonly depth: number
  /** What counts for a person. */
  readonly resolved: ResolvedSetting | null
  /** What is set for a team. */
  readonly own: StoredSetting | null
  readonly teamIds: readonly string[]
}

const PAGE = 200
const ROW = 44

/** One setting across people and teams: who has what, and a choice of them to change together. */
export class Compare {
  readonly view: SettingsView
  readonly setting: SettingView
  readonly search: SearchBox
  readonly window = new ScrollWindow(ROW)
  kind: 'person' | 'team' = 'person'
  team = ''
  rows: readonly CompareRow[] = []
  /** Version of the configuration that the rows were resolved in. */
  version = 0
  readonly chosen = new Set<string>()
  readonly reading: LoadController
  #cursor: string | null = null
  #isMore = false

  constructor(view: SettingsView, setting: SettingView) {
    this.view = view
    this.setting = setting
    this.search = new SearchBox(view.host, () => void this.load())
    this.reading = new LoadController(view.host)
    if (!setting.levels.includes('person')) this.kind = 'team'
    if (!view.seesAll) this.team = view.overall?.leads[0] ?? ''
  }

  /** Reads from the first page. */
  async load(): Promise<void> {
    await this.reading.run(async (signal) => {
      if (this.kind === 'team') this.#fill([...this.#teamRows()], null)
      else {
        const { entries, cursor } = await this.#page('', signal)
        this.#fill(entries.map(rowOf), cursor)
      }
    })
  }

  /** The next page, when the last row comes near. */
  async more(): Promise<void> {
    if (this.#cursor === null || this.#isMore || this.reading.state !== 'ready') return
    this.#isMore = true
    const { search, team } = this
    const text = search.text
    try {
      const { entries, cursor } = await this.#page(this.#cursor)
      if (text === search.text && team === this.team && this.kind === 'person') this.#fill([...this.rows, ...entries.map(rowOf)], cursor)
    } catch {
      // What is there stays; scrolling asks again.
    }
    this.#isMore = false
    this.view.host.requestUpdate()
  }

  show(kind: 'person' | 'team'): void {
    this.kind = kind
    this.rows = []
    this.chosen.clear()
    void this.load()
  }

  inTeam(team: string): void {
    this.team = team
    void this.load()
  }

  toggle(id: string): void {
    if (!this.chosen.delete(id)) this.chosen.add(id)
    this.view.host.requestUpdate()
  }

  toggleAll(): void {
    const all = this.rows.every(({ place }) => this.chosen.has(idOf(place)))
    if (all) this.chosen.clear()
    else for (const { place } of this.rows) this.chosen.add(idOf(place))
    this.view.host.requestUpdate()
  }

  get places(): readonly SettingPlace[] {
    return [...this.chosen].map((id) => {
      const [level, target] = JSON.parse(id) as [SettingPlace['level'], string]
      return { level, target }
    })
  }

  #page(after: string, signal?: AbortSignal) {
    const { text } = this.search
    const query = { keys: this.setting.key, team: this.team || undefined, limit: String(PAGE) }
    return this.view.client.people({ ...query, ...(text ? { search: text } : { after }) }, signal)
  }

  #fill(rows: readonly CompareRow[], cursor: string | null): void {
    const { session } = this.view.host
    const versions = rows.flatMap(({ resolved }) => (resolved ? [resolved.configVersion] : []))
    this.version = versions.length > 0 ? Math.min(...versions) : 0
    this.rows = rows
    this.#cursor = cursor
    void session.loadPeople(rows.flatMap(({ resolved }) => (resolved?.by ? [resolved.by] : [])).slice(0, 200))
  }

  *#teamRows(): Generator<CompareRow> {
    const { view, setting, search } = this
    const words = search.text.trim().toLowerCase()
    const own = (place: SettingPlace) =>
      view.values.find((one) => one.key === setting.key && one.level === place.level && one.target === place.target) ?? null
    const row = (place: SettingPlace, name: string, depth: number): CompareRow => ({
      place,
      name,
      depth,
      resolved: null,
      own: own(place),
      teamIds: [],
    })
    for (const { team, depth } of teamTree(view.teams))
      if (team.name.toLowerCase().includes(words)) yield row({ level: 'team', target: team.id }, team.name, depth)
  }
}

/** A place as the key of a choice. */
export function idOf({ level, target }: SettingPlace): string {
  return JSON.stringify([level, target])
}

function rowOf({ person, settings }: PersonSettings): CompareRow {
  return {
    place: { level: 'person', target: person.id },
    name: person.name,
    depth: 0,
    resolved: settings[0] ?? null,
    own: null,
    teamIds: person.teamIds,
  }
}
