import type { ReactNode } from 'react'

/** What something is, and its value; one without a value is left out. */
export type Fact = readonly [label: string, value: ReactNode]

/** What is known of something. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(([label, value]) =>
        isNothing(value) ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="long-text">{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

function isNothing(value: ReactNode): boolean {
  return value === undefined || value === null || value === false || value === ''
}
