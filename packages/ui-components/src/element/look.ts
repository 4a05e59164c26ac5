import type { CSSResult } from 'lit'
import { addIcons } from '../icon/icon.ts'
import { installTokens } from '../styles/tokens.ts'

/** Part of what components look like that not every first look takes. */
export interface Look {
  readonly tokens: string
  readonly icons: Readonly<Record<string, string>>
  readonly styles?: CSSResult
}

const later: { loading: Promise<typeof import('../styles/later-look.ts')> | null } = { loading: null }

/** Gives a document a look; icons are the page's. */
export function installLook(document: Document, { tokens, icons }: Look): void {
  installTokens(document, tokens)
  addIcons(icons)
}

/** Loads what no first look takes, and gives it to a document; resolves to the styles that every component gets then. */
export async function installLaterLook(document: Document): Promise<CSSResult> {
  later.loading ??= import('../styles/later-look.ts').catch((error) => {
    later.loading = null
    throw error
  })
  const { laterLook, recordLook } = await later.loading
  for (const look of [recordLook, laterLook]) installLook(document, look)
  return laterLook.styles
}
