import { html, nothing, type TemplateResult } from 'lit'
import type { CrmElement } from '../element/crm-element.ts'

/** Own words of a message by language, as far as somebody wrote some. */
export type MessageText = Partial<Record<'zh-CN' | 'en', { readonly title?: string; readonly body?: string }>>

/** What the editor is given. */
interface MessageEditing {
  readonly host: CrmElement
  readonly value: MessageText
  /** Facts its text may mention. */
  readonly facts: readonly string[]
  readonly disabled: boolean
  change(value: MessageText): void
}

const languages = ['zh-CN', 'en'] as const

/** Title and text in both languages; what is left empty stays as it came. */
export function renderMessageText({ host, value, facts, disabled, change }: MessageEditing): TemplateResult {
  const set = (language: 'zh-CN' | 'en', part: 'title' | 'body', text: string): void => {
    const words = { ...value[language], [part]: text }
    if (text.trim() === '') delete words[part]
    const { [language]: _, ...others } = value
    change(Object.keys(words).length > 0 ? { ...others, [language]: words } : others)
  }
  const name = (language: 'zh-CN' | 'en'): string => host.t(language === 'en' ? 'settings.message.en' : 'settings.message.zh')
  return html`<div class="stack message-text">
    ${facts.length > 0 ? html`<p class="xs dim">${host.t('settings.message.facts')} ${facts.map((fact) => html`<code>{${fact}}</code> `)}</p>` : nothing}
    ${languages.map(
      (language, index) => html`<fieldset class="stack-6 message-words"><legend class="pair-label">${name(language)}</legend>
        <input class="input" ?data-first=${index === 0} maxlength="200" autocomplete="off" lang=${language} ?disabled=${disabled}
          placeholder=${host.t('settings.message.title')} aria-label=${`${name(language)}: ${host.t('settings.message.title')}`}
          .value=${value[language]?.title ?? ''} @input=${(event: Event) => set(language, 'title', (event.target as HTMLInputElement).value)} />
        <textarea class="input" rows="3" maxlength="5000" lang=${language} ?disabled=${disabled}
          placeholder=${host.t('settings.message.body')} aria-label=${`${name(language)}: ${host.t('settings.message.body')}`}
          .value=${value[language]?.body ?? ''} @input=${(event: Event) => set(language, 'body', (event.target as HTMLTextAreaElement).value)}></textarea>
      </fieldset>`,
    )}
  </div>`
}
