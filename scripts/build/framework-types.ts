import type { Component } from './manifest.ts'

const note = '// Made from custom-elements.json; see docs/guide/components.md.\n'

/** Types for React 19: tags with their properties, attributes and `on…` events. */
export function reactTypes(all: readonly Component[]): string {
  const tags = all.map(({ tag, className, ...one }) => `      '${tag}': Element<${className}, ${names(one)}> & ${attributes(one)}`)
  return `${note}import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { ${classes(all)}, CrmEvents } from './index.js'

type Element<T, K extends keyof T> = DetailedHTMLProps<Omit<HTMLAttributes<T>, K>, T> & { [P in K]?: T[P] } & {
  [E in keyof CrmEvents as \`on\${E}\`]?: (event: CrmEvents[E]) => void
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${tags.join('\n')}
    }
  }
}
`
}

/** Types for Vue 3 templates: properties and \`@crm-…\` events. */
export function vueTypes(all: readonly Component[]): string {
  const tags = all.map(({ tag, className, ...one }) => `    '${tag}': Element<${className}, ${names(one)}>`)
  return `${note}import type { EmitFn, HTMLAttributes, PublicProps } from 'vue'
import type { ${classes(all)}, CrmEvents } from './index.js'

type Listeners = { [E in keyof CrmEvents]: (event: CrmEvents[E]) => void }
type Element<T, K extends keyof T> = new () => T & {
  /** @deprecated Only for templates. */
  $props: HTMLAttributes & PublicProps & { [P in K]?: T[P] }
  /** @deprecated Only for templates. */
  $emit: EmitFn<Listeners>
}

declare module 'vue' {
  interface GlobalComponents {
${tags.join('\n')}
  }
}
`
}

function classes(all: readonly Component[]): string {
  return all
    .map(({ className }) => className)
    .sort()
    .join(', ')
}

function names({ properties }: Pick<Component, 'properties'>): string {
  return properties.map(({ name }) => `'${name}'`).join(' | ')
}

/** Attributes that are spelled otherwise than their property take text. */
function attributes({ properties }: Pick<Component, 'properties'>): string {
  const other = properties.filter(({ name, attribute }) => attribute !== null && attribute !== name)
  return `{ ${other.map(({ attribute }) => `'${attribute}'?: string`).join('; ')} }`
}
