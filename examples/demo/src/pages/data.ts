import { importJob } from '@guanxi/adapters/import'
import type { Session } from '@guanxi/core'
import { html, type Markup } from '../html.ts'
import type { Word } from '../words.ts'
import { layout, type Reader } from './layout.ts'

const exported: readonly (readonly [object: string, word: Word])[] = [
  ['customer', 'customers'],
  ['lead', 'leads'],
  ['deal', 'deals'],
  ['product', 'products'],
]

/** What comes in and what goes out: a sample to begin with, the last imports, files of everything. */
export async function dataPage(reader: Reader, crm: Session): Promise<Markup> {
  const { say, employee } = reader
  return layout(
    reader,
    say('data'),
    html`<div class="title"><h1>${say('data')}</h1></div>
      <div class="stack">
        ${employee.role === 'admin' && sample(reader)}
        ${await lastImports(reader, crm)}
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
    <form method="post" action="/data/sample"><button>${say('loadSample')}</button></form></section>`
}

async function lastImports({ say }: Reader, crm: Session): Promise<Markup> {
  const { records } = await crm.records(importJob).find({ sort: ['-createdAt'], limit: 5 })
  const rows = records.map(
    ({
      name,
      state,
      created,
      updated,
      unchanged,
      refused,
    }) => html`<tr><td>${name}</td><td>${say(state === 'done' ? 'importDone' : 'importOpen')}</td>
      <td class="number">${created}</td><td class="number">${updated}</td><td class="number">${unchanged}</td><td class="number">${refused}</td></tr>`,
  )
  if (rows.length === 0) return html`<!-- no imports yet -->`
  return html`<section class="panel"><div class="panel-head"><h2>${say('lastImports')}</h2></div>
    <table><thead><tr><th>${say('importName')}</th><th>${say('status')}</th><th class="number">${say('importCreated')}</th>
      <th class="number">${say('importUpdated')}</th><th class="number">${say('importUnchanged')}</th><th class="number">${say('importRefused')}</th></tr></thead>
      <tbody>${rows}</tbody></table></section>`
}

function exportLinks({ say }: Reader, object: string, word: Word): Markup {
  return html`<li>${say(word)}: <a href="/crm/api/export/${object}?format=xlsx">Excel</a> · <a href="/crm/api/export/${object}">CSV</a></li>`
}
