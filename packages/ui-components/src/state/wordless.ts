import { html, type TemplateResult } from 'lit'

/** The one thing that can be said when the words themselves could not be loaded: in both languages. */
export function renderWordless(retry: () => void): TemplateResult {
  return html`<div class="empty" role="alert">
    <p><span lang="zh-CN">未能加载。</span> <span lang="en">Could not load.</span></p>
    <button type="button" class="btn" part="button" @click=${retry}><span lang="zh-CN">重试</span>&nbsp;<span lang="en">Retry</span></button>
  </div>`
}
