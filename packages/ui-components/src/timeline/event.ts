import { html, nothing, type TemplateResult } from 'lit'
import type { ChangeView } from '../client/log-client.ts'
import { readField } from '../client/record.ts'
import { renderAvatar } from '../display/avatar.ts'
import { formatInstant } from '../format/date.ts'
import { optionLabel } from '../format/option.ts'
import { type IconName, icon } from '../icon/icon.ts'
import { timeOfDay } from './days.ts'
import { renderFields } from './diff.ts'
import { fieldsShown } from './fields-shown.ts'
import { causeOf, type TimelineItem } from './item.ts'
import type { TimelineView } from './timeline-view.ts'

interface Event {
  readonly key: string
  readonly at: number
  readonly icon: IconName
  readonly look?: 'is-auto' | 'is-denied' | 'is-shadow'
  readonly title: unknown
  readonly body?: unknown
}

/** One thing that happened, as an entry of the list. */
export function renderEvent(view: TimelineView, item: TimelineItem): TemplateResult {
  switch (item.kind) {
    case 'change':
      return frame(view, changeEvent(view, item))
    case 'decision':
      return frame(view, decisionEvent(view, item))
    case 'shadow':
      return frame(view, shadowEvent(view, item))
    case 'activity':
      return frame(view, activityEvent(view, item))
  }
}

function frame({ host }: TimelineView, event: Event): TemplateResult {
  const time = new Date(event.at).toISOString()
  return html`<li class="event ${event.look ?? ''}" part="event" tabindex="-1" data-key=${event.key}><span class="event-icon">${icon(event.icon)}</span>
    <div class="event-body"><p class="event-head"><span class="event-title">${event.title}</span><time datetime=${time}>${timeOfDay(event.at, host.language)}</time></p>${event.body ?? nothing}</div></li>`
}

function changeEvent(view: TimelineView, { key, at, change }: Extract<TimelineItem, { kind: 'change' }>): Event {
  const { host, takeBack } = view
  const cause = causeOf(change)
  const fields = renderFields(view, fieldsShown(view.definition, change.values), change.authors)
  const erased = change.values === null && change.operation !== 'delete' && change.operation !== 'restore'
  const late = change.recordedAt - change.at > 60_000
  const body = html`${fields}${erased ? html`<p class="dim">${host.t('timeline.erased')}</p>` : nothing}
    ${late ? html`<p class="xs dim">${host.t('timeline.recorded', { when: formatInstant(change.recordedAt, host.language, host.session.now()) })}</p>` : nothing}`
  if (cause?.kind === 'decider') {
    const decision = view.decisionAt(cause.id, at)
    const said = decision?.because ? html`<p class="why">${host.words(decision.because)}</p>` : nothing
    return {
      ...{ key, at, icon: 'play', look: 'is-auto' },
      title: html`<b>${host.t('timeline.rule', { name: view.ruleName(cause.id) })}</b><span class="badge badge-line" part="badge">v${cause.version ?? '?'}</span>${decision?.undone ? html`<span class="badge" part="badge">${host.t('timeline.undone')}</span>` : nothing}`,
      body: html`${said}${body}${cause.run && !decision?.undone ? takeBack.renderRun(key, cause.run) : nothing}`,
    }
  }
  return {
    ...{ key, at, icon: iconOf(change, cause?.kind) },
    title: html`${who(view, change)} ${host.t(cause?.kind === 'undo' ? 'timeline.undo' : `timeline.${change.operation}`)} ${cause && cause.kind !== 'rules' ? reasonTag(view, cause) : nothing}`,
    body: html`${renderFired(view, at)}${body}${takeBack.renderChange(key, change)}`,
  }
}

/** Rules that acted when it was saved, each with its sentence. */
function renderFired(view: TimelineView, at: number): readonly TemplateResult[] {
  return view
    .firedAt(at)
    .map(
      ({ decider, because }) =>
        html`<p class="why"><b>${view.ruleName(decider)}</b>${because ? html` · ${view.host.words(because)}` : nothing}</p>`,
    )
}

function iconOf({ operation }: ChangeView, cause: string | undefined): IconName {
  if (cause === 'undo') return 'undo'
  if (operation === 'create') return 'plus'
  return operation === 'delete' ? 'trash' : operation === 'restore' ? 'history' : 'edit'
}

function who({ host, names }: TimelineView, { actor }: ChangeView): TemplateResult {
  if (actor.kind !== 'user')
    return html`<b>${host.t(actor.kind === 'system' ? 'timeline.system' : 'timeline.integration', { name: actor.id })}</b>`
  const name = names.person(actor.id)
  return html`${renderAvatar(actor.id, name, true)}<b>${name}</b>`
}

/** What stood behind a change somebody made, where it was not simply they. */
function reasonTag(view: TimelineView, { kind, id }: { readonly kind: string; readonly id: string }): TemplateResult {
  const { host } = view
  const text =
    kind === 'undo'
      ? view.ruleName(id)
      : kind === 'import'
        ? host.t('timeline.import')
        : kind === 'hook'
          ? host.t('timeline.hook', { name: id })
          : id
  return html`<span class="badge" part="badge"><span class="clip">${text}</span></span>`
}

function decisionEvent(view: TimelineView, { key, at, decision }: Extract<TimelineItem, { kind: 'decision' }>): Event {
  const { host, names, takeBack } = view
  const { outcome, decider, version, winner, reasons } = decision
  const done = view.decisionAt(decider, at)
  const look = outcome === 'decided' ? 'accent' : outcome === 'denied' ? 'danger' : 'warning'
  const list = reasons.map(({ message, hint }) => html`<li>${message}${hint ? html` <span class="dim">${hint}</span>` : nothing}</li>`)
  return {
    ...{ key, at, look: outcome === 'decided' ? 'is-auto' : 'is-denied' },
    icon: outcome === 'decided' ? 'play' : 'stop',
    title: html`<b>${view.ruleName(decider)}</b><span class="badge badge-line" part="badge">v${version}</span><span class="badge badge-${look}" part="badge">${host.t(`timeline.outcome.${outcome}`)}</span>${done?.undone ? html`<span class="badge" part="badge">${host.t('timeline.undone')}</span>` : nothing}`,
    body: html`${winner ? html`<p>${host.t('timeline.winner', { name: names.person(winner) })}</p>` : nothing}
      ${list.length > 0 ? html`<ul class="why">${list}</ul>` : nothing}
      ${renderFields(view, fieldsShown(view.definition, done?.values ?? null), {})}${done?.run && !done.undone ? takeBack.renderRun(key, done.run) : nothing}`,
  }
}

/** Nothing has changed: it says so first. */
function shadowEvent(view: TimelineView, { key, at, decision }: Extract<TimelineItem, { kind: 'shadow' }>): Event {
  const { host } = view
  return {
    ...{ key, at, icon: 'clock', look: 'is-shadow' },
    title: html`<b>${host.t('timeline.rule', { name: view.ruleName(decision.decider) })}</b><span class="badge badge-line" part="badge">v${decision.version}</span><span class="badge" part="badge">${host.t('timeline.shadow')}</span>`,
    body: html`${decision.because ? html`<p class="why">${host.words(decision.because)}</p>` : nothing}
      ${renderFields(view, fieldsShown(view.definition, decision.values), {})}`,
  }
}

function activityEvent(view: TimelineView, { key, at, activity }: Extract<TimelineItem, { kind: 'activity' }>): Event {
  const { host, names, activity: definition } = view
  const option = (name: string): string => {
    const field = definition?.fields.find((one) => one.name === name)
    const value = readField(activity, name)
    return field && typeof value === 'string' ? optionLabel(field, value, host.language) : ''
  }
  const text = (name: string): string => String(readField(activity, name) ?? '')
  const owner = activity.ownerId ? names.person(activity.ownerId) : ''
  const open = () => host.emit('crm-open', { object: 'activity', id: activity.id, record: activity }, true)
  return {
    ...{ key, at, icon: 'flag' },
    title: html`${owner ? html`${renderAvatar(activity.ownerId ?? '', owner, true)}<b>${owner}</b>` : nothing} ${option('kind')}
      ${option('outcome') ? html`<span class="badge" part="badge">${option('outcome')}</span>` : nothing}`,
    body: html`${text('summary') ? html`<p>${html`<button type="button" class="link" part="button" @click=${open}>${text('summary')}</button>`}</p>` : nothing}
      ${text('details') ? html`<p class="soft details">${text('details')}</p>` : nothing}
      ${text('nextStep') ? html`<p class="xs dim">${host.t('timeline.next', { step: text('nextStep') })}</p>` : nothing}`,
  }
}
