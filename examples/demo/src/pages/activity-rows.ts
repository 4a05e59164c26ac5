import type { Expanded, Stored } from '@guanxi/core'
import type { Activity } from '@guanxi/core/standard'
import { html, type Markup } from '../html.ts'
import type { Speech } from '../words.ts'

/** Follow-ups as rows: what was done, by whom, what comes next. */
export function activityRows(say: Speech, activities: readonly Expanded<Stored<Activity>>[]): Markup {
  if (activities.length === 0) return html`<p class="empty">${say('noActivities')}</p>`
  return html`<ul class="rows">${activities.map(
    ({
      summary,
      nextStep,
      occurredAt,
      related,
    }) => html`<li><div><b>${summary}</b><small>${nameOf(related?.ownerId)}${nextStep && ` → ${nextStep}`}</small></div>
      <span>${occurredAt !== null && say.day(occurredAt)}</span></li>`,
  )}</ul>`
}

function nameOf(person: unknown): string {
  return (person as { name?: string } | null | undefined)?.name ?? ''
}
