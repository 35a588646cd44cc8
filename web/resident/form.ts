/** Fields of the portal's forms, with the error summary on top that links to each. */
import { h, type VNodeChild } from 'vue'
import type { Reader } from './page.ts'

/** Sentence per field; the order is the order of the fields on the page. */
export type Faults = Readonly<Record<string, string>>
export type Typed = Readonly<Record<string, string | undefined>>

export const hasFaults = (faults: Faults): boolean => Object.keys(faults).length > 0

/** All errors first, each a link to its field; nothing at all when there are none. */
export function errorSummary({ t }: Reader, faults: Faults): VNodeChild {
  const entries = Object.entries(faults)
  if (entries.length === 0) return null
  return h('div', { class: 'errors', role: 'alert', tabindex: '-1', id: 'errors', autofocus: true }, [
    h('h2', t('errorSummary', { n: entries.length })),
    h(
      'ul',
      entries.map(([field, sentence]) => h('li', [h('a', { href: `#${field}` }, sentence)])),
    ),
  ])
}

export interface FieldParts {
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly optional?: string | undefined
  readonly faults: Faults
  readonly control: (attributes: Readonly<Record<string, string | undefined>>) => VNodeChild
}

/** Label, hint, error and control, tied together for screen readers. */
export function field({ name, label, hint, optional, faults, control }: FieldParts): VNodeChild {
  const fault = faults[name]
  const described = [hint && `${name}-hint`, fault && `${name}-error`].filter(Boolean).join(' ')
  return h('div', { class: 'field', 'data-fault': fault ? '' : undefined }, [
    h('label', { for: name }, [label, optional ? h('span', { class: 'soft' }, ` (${optional})`) : null]),
    hint ? h('p', { id: `${name}-hint`, class: 'hint' }, hint) : null,
    fault ? h('p', { id: `${name}-error`, class: 'fault' }, fault) : null,
    control({ id: name, name, 'aria-describedby': described || undefined, 'aria-invalid': fault ? 'true' : undefined }),
  ])
}

export const hidden = (name: string, value: string): VNodeChild => h('input', { type: 'hidden', name, value })

export const submitButton = (label: string, kind: 'primary' | 'danger' = 'primary'): VNodeChild =>
  h('button', { type: 'submit', class: 'button', 'data-kind': kind }, label)
