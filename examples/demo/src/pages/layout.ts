import { html, type Markup } from '../html.ts'
import type { Employee } from '../people.ts'
import type { Speech, Word } from '../words.ts'

/** What a page needs to know about who reads it. */
export interface Reader {
  readonly employee: Employee
  readonly say: Speech
  /** Path of the page, to come back to. */
  readonly path: string
}

const sections: readonly (readonly [path: string, word: Word])[] = [
  ['/', 'home'],
  ['/deals', 'deals'],
  ['/leads', 'leads'],
  ['/customers', 'customers'],
  ['/products', 'products'],
  ['/segments', 'segments'],
  ['/import', 'import'],
  ['/settings', 'settings'],
  ['/rules', 'rules'],
  ['/operations', 'operations'],
]

/** The shop's frame around a page. */
export function layout({ employee, say, path }: Reader, title: string, body: Markup): Markup {
  const isCurrent = (section: string): boolean => (section === '/' ? path === '/' : path.startsWith(section))
  // Whoever only reads has nothing to import; rules and operations are for administrators.
  const { role } = employee
  const open = sections.filter(
    ([, word]) => (word !== 'import' || role !== 'finance') && ((word !== 'operations' && word !== 'rules') || role === 'admin'),
  )
  const links = open.map(
    ([section, word]) => html`<a href="${section}"${isCurrent(section) && html` aria-current="page"`}>${say(word)}</a>`,
  )
  return page(
    say,
    `${title} · ${say('shop')}`,
    html`<header class="bar">
        <a class="brand" href="/">${mark}<span>${say('shop')}</span></a>
        <nav aria-label="${say('shop')}">${links}</nav>
        <div class="me">
          <crm-inbox mode="bell" src="/crm" locale="${say.locale}"></crm-inbox>
          ${languageForm(say, path)}
          <span class="who"><b>${employee.name}</b><small>${say(employee.role)}</small></span>
          <form method="post" action="/sign-out"><button class="quiet">${say('signOut')}</button></form>
        </div>
      </header>
      <main>${body}</main>`,
  )
}

/** The whole document. */
export function page(say: Speech, title: string, body: Markup): Markup {
  return html`<!doctype html>
<html lang="${say.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/assets/logo.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/host.css">
<script type="module" src="/crm/ui.js"></script>
<script type="module" src="/assets/host.js"></script>
</head>
<body>${body}</body>
</html>`
}

/** Switches the language and comes back. */
export function languageForm(say: Speech, path: string): Markup {
  const other = say.locale === 'en' ? 'zh-CN' : 'en'
  return html`<form method="post" action="/language">
    <input type="hidden" name="locale" value="${other}"><input type="hidden" name="back" value="${path}">
    <button class="quiet" lang="${other}">${say('language')}</button>
  </form>`
}

export const mark = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9"/><path d="M6 19c3.3 0 3.3-2.5 6.7-2.5S16 19 19.3 19s3.4-2.5 6.7-2.5M6 24c3.3 0 3.3-2.5 6.7-2.5S16 24 19.3 24s3.4-2.5 6.7-2.5M16 6v7m-4-3.5h8"/></svg>`
