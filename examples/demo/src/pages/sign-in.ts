import { html, type Markup } from '../html.ts'
import { signIns } from '../people.ts'
import type { Speech } from '../words.ts'
import { languageForm, mark, page } from './layout.ts'

/** One click for each kind of person. */
export function signInPage(say: Speech, path: string): Markup {
  const cards = signIns.map(
    ({ id, name, role }) => html`<form method="post" action="/sign-in">
      <input type="hidden" name="employee" value="${id}"><input type="hidden" name="back" value="${path}">
      <button class="person"><span class="face" aria-hidden="true">${name.slice(0, 1)}</span><b>${name}</b><span>${say(role)}</span><small>${say(`${role}Hint`)}</small></button>
    </form>`,
  )
  return page(
    say,
    say('shop'),
    html`<main class="door">
      <div class="door-head">${mark}<div><h1>${say('shop')}</h1><p>${say('tagline')}</p></div>${languageForm(say, path)}</div>
      <h2>${say('signInTitle')}</h2>
      <p class="hint">${say('signInHint')}</p>
      <div class="people">${cards}</div>
    </main>`,
  )
}
