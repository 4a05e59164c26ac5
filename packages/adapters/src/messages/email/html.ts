import type { OutgoingMessage } from '@guanxi/core'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text inside HTML, in an attribute or between tags. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** Only addresses of the web become links. */
export function safeLink(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, href } = new URL(url)
  return protocol === 'https:' || protocol === 'http:' ? href : null
}

const font = "font-family:-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',sans-serif"

/** The message as a page that mail programs show: styles on the elements, no images, nothing from elsewhere. */
export function mailHtml({ title, body, link, locale }: Pick<OutgoingMessage, 'title' | 'body' | 'link' | 'locale'>): string {
  const paragraphs = body === '' ? [] : body.split('\n\n')
  const text = paragraphs.map((part) => `<p style="margin:0 0 12px">${escapeHtml(part).replaceAll('\n', '<br>')}</p>`).join('')
  const url = link && safeLink(link.url)
  const button = url
    ? `<p style="margin:20px 0 0"><a href="${escapeHtml(url)}" style="display:inline-block;padding:9px 18px;border-radius:8px;background:#1f5fd6;color:#ffffff;text-decoration:none">${escapeHtml(link?.label ?? '')}</a></p>`
    : ''
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title></head><body style="margin:0;padding:24px;background:#f4f5f7;color:#1b1f27;font-size:15px;line-height:1.6;${font}"><div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:12px"><h1 style="margin:0 0 12px;font-size:18px;line-height:1.4">${escapeHtml(title)}</h1>${text}${button}</div></body></html>`
}

/** The same for readers of plain text. */
export function mailText({ title, body, link }: Pick<OutgoingMessage, 'title' | 'body' | 'link'>): string {
  const url = link && safeLink(link.url)
  return [title, body, url ? `${link?.label}: ${url}` : ''].filter((part) => part !== '').join('\n\n')
}
