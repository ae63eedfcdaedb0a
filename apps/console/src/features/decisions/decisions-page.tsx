import { Tabs } from '@mantine/core'
import type { ComponentType } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { CheckSection } from './check-section.tsx'
import { WhatSection } from './what-section.tsx'
import { WhoSection } from './who-section.tsx'

interface Section {
  readonly name: string
  readonly title: string
  readonly Part: ComponentType
}

const CHECK: Section = { name: 'check', title: 'May they, and why', Part: CheckSection }
const SECTIONS: readonly Section[] = [
  CHECK,
  { name: 'who', title: 'Who reaches this', Part: WhoSection },
  { name: 'what', title: 'What this person reaches', Part: WhatSection },
]

/** Questions about access. They are all in the address, and what two of them have in common goes from one to the other. */
export function DecisionsPage() {
  const { section } = useParams()
  const [parameters] = useSearchParams()
  const go = useGo()
  const current = SECTIONS.find(({ name }) => name === section) ?? CHECK
  const show = (name: string | null) =>
    go(`decisions${name === CHECK.name ? '' : `/${name}`}?${parameters}`, { state: 'stay' })
  return (
    <Page title="Decisions">
      <Tabs value={current.name} onChange={show} keepMounted={false}>
        <Tabs.List>
          {SECTIONS.map(({ name, title }) => (
            <Tabs.Tab key={name} value={name}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {SECTIONS.map(({ name, Part }) => (
          <Tabs.Panel key={name} value={name} pt="md">
            <Part />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  )
}
