import { refreshBrowser } from '../../scripts/build/browser.ts'

/** The components as the handler serves them, once for the whole run. */
export default async function setup(): Promise<void> {
  await refreshBrowser()
}
