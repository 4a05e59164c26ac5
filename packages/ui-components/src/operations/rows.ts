import { html, nothing, type TemplateResult } from 'lit'
import type { JobEntry, ParkedEntry, SendEntry } from '../client/operations-client.ts'
import { renderButton } from '../display/button.ts'
import { formatInstant } from '../format/date.ts'
import type { MessageKey } from '../messages/messages.ts'
import type { OperationsView } from './operations-view.ts'

/** A row of a list: what, how it stands, when, why, and what may be done. */
interface Row {
  readonly key: string
  readonly name: string
  readonly detail: string
  readonly state: TemplateResult | typeof nothing
  readonly at: number
  readonly why: string
  readonly replay?: { readonly label: MessageKey; run(): Promise<boolean> }
  readonly drop?: { run(): Promise<boolean> }
}

export function jobRow(view: OperationsView, job: JobEntry): Row {
  const { host, client } = view
  const tries = host.t('operations.tries', { attempt: job.attempt, attempts: job.attempts })
  return {
    key: job.id,
    name: job.job,
    detail: job.key === job.id ? '' : job.key,
    state: badge(host.t(`operations.${job.state}`), job.state === 'dead' ? 'danger' : job.state === 'running' ? 'accent' : ''),
    at: job.failedAt ?? job.dueAt,
    why: [job.error, job.attempt > 0 ? tries : ''].filter(Boolean).join(' · '),
    ...(job.state !== 'running' && {
      replay: { label: 'operations.replay' as const, run: () => client.replayJob(job) },
      drop: { run: () => client.dropJob(job) },
    }),
  }
}

export function parkedRow(view: OperationsView, parked: ParkedEntry): Row {
  const { host, client } = view
  return {
    key: `${parked.consumer} ${parked.changeId}`,
    name: parked.consumer,
    detail: `${parked.object} ${parked.recordId}`,
    state:
      parked.retryAt === null
        ? nothing
        : badge(`${host.t('operations.retrying')} ${formatInstant(parked.retryAt, host.language, host.session.now())}`, ''),
    at: parked.parkedAt,
    why: parked.error || host.t('operations.behindOther'),
    replay: { label: 'operations.replay', run: () => client.replayParked(parked) },
    drop: { run: () => client.dropParked(parked) },
  }
}

const looks: Partial<Record<SendEntry['state'], string>> = { sent: 'success', failed: 'danger', unknown: 'warning' }

export function sendRow(view: OperationsView, send: SendEntry): Row {
  const { host, client } = view
  const isStuck = send.state === 'failed' || send.state === 'unknown'
  const [kind, id = ''] = split(send.recipient)
  const name = kind === 'person' ? (host.session.person(id)?.name ?? id) : send.recipient
  return {
    key: send.id,
    name: `${name} · ${send.channel}`,
    detail: send.template,
    state: badge(host.t(`operations.send.${send.state}`), looks[send.state] ?? ''),
    at: send.sentAt ?? send.dueAt,
    why: send.reason?.message ?? '',
    ...(isStuck && { replay: { label: 'operations.resend' as const, run: () => client.resend(send) } }),
    ...((isStuck || send.state === 'queued') && { drop: { run: () => client.giveUp(send) } }),
  }
}

/** A table that becomes cards on a phone. */
export function renderRows(view: OperationsView, label: MessageKey, rows: readonly Row[]): TemplateResult {
  const { host } = view
  const heads: readonly MessageKey[] = ['operations.what', 'operations.state', 'operations.when', 'operations.why', 'operations.acts']
  return html`<section class="block list" part="block" aria-label=${host.t(label)}><table>
    <thead><tr>${heads.map((head) => html`<th scope="col" class=${head === 'operations.acts' ? 'acts' : ''}>${host.t(head)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => renderRow(view, row))}</tbody>
  </table></section>`
}

function renderRow(view: OperationsView, { key, name, detail, state, at, why, replay, drop }: Row): TemplateResult {
  const { host } = view
  const isAsked = view.asked === key
  const busy = view.busy === key
  const acts = isAsked
    ? html`${renderButton({ label: host.t('operations.dropSure'), look: 'sm danger', busy, run: () => void (drop && view.drop(drop.run)) })}
        ${renderButton({ label: host.t('operations.keep'), look: 'sm ghost', run: () => view.ask(null) })}`
    : html`${replay ? renderButton({ label: host.t(replay.label), icon: 'history', look: 'sm', busy, disabled: view.busy !== null, run: () => void view.replay(key, replay.run) }) : nothing}
        ${drop ? renderButton({ label: host.t('operations.drop'), look: 'sm ghost', disabled: view.busy !== null, run: () => view.ask(key) }) : nothing}`
  return html`<tr data-key=${key}><th scope="row"><span class="name">${name}</span>${detail ? html`<br /><span class="xs dim">${detail}</span>` : nothing}</th>
    <td>${state}</td><td class="when dim">${formatInstant(at, host.language, host.session.now())}</td><td class="why">${why}</td><td class="acts"><div>${acts}</div></td></tr>`
}

function badge(text: string, look: string): TemplateResult {
  return html`<span class="badge ${look ? `badge-${look}` : ''}">${text}</span>`
}

function split(recipient: string): readonly [string, string] {
  const at = recipient.indexOf(':')
  return [recipient.slice(0, at), recipient.slice(at + 1)]
}
