import type { OutgoingMessage } from '@guanxi/core'
import { cutBytes, linkTarget, neutral } from './neutral.ts'

/** A message in the little Markdown that WeCom and DingTalk share; at most so many bytes. */
export function robotMarkdown({ title, body, link }: OutgoingMessage, bytes: number): string {
  const target = link && linkTarget(link.url)
  const tail = target ? `\n\n[${neutral(link?.label ?? '')}](${target})` : ''
  const text = [`**${neutral(title)}**`, neutral(body).replaceAll('\n', '  \n')].filter((part) => part !== '').join('\n\n')
  return cutBytes(text, bytes - Buffer.byteLength(tail)) + tail
}
