import { html, type Markup } from '../html.ts'
import type { Word } from '../words.ts'
import { layout, type Reader } from './layout.ts'

const exported: readonly (readonly [object: string, word: Word])[] = [
  ['customer', 'customers'],
  ['lead', 'leads'],
  ['deal', 'deals'],
  ['product', 'products'],
]

/** What comes in and what goes out: the CRM's import, a sample to begin with, files of everything. host.js keeps the job in the address. */
export function importPage(reader: Reader): Markup {
  const { say, employee } = reader
  return layout(
    reader,
    say('import'),
    html`<div class="title"><h1>${say('import')}</h1></div>
      <div class="stack">
        ${employee.role !== 'finance' && html`<crm-import class="panel" src="/crm" locale="${say.locale}"></crm-import>`}
        ${employee.role === 'admin' && sample(reader)}
        <section class="panel"><div class="panel-head"><h2>${say('export')}</h2></div>
          <ul class="files">${exported.map(([object, word]) => exportLinks(reader, object, word))}</ul>
          ${employee.role === 'admin' && html`<p class="source"><a href="/crm/api/export?format=zip">${say('exportAll')}</a></p>`}
        </section>
      </div>`,
  )
}

function sample({ say }: Reader): Markup {
  return html`<section class="panel"><div class="panel-head"><h2>${say('sample')}</h2></div>
    <p class="source">${say('sampleHint')}</p>
    <form method="post" action="/import/sample"><button>${say('loadSample')}</button></form></section>`
}

function exportLinks({ say }: Reader, object: string, word: Word): Markup {
  return html`<li>${say(word)}: <a href="/crm/api/export/${object}?format=xlsx">Excel</a> · <a href="/crm/api/export/${object}">CSV</a></li>`
}
