import { Button, Text } from '@mantine/core'
import { Link, useParams } from 'react-router'
import { useSession } from '../../parts/api.tsx'
import { useAddress } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { AccessChanges } from './access-changes.tsx'
import { EffectOnPeople } from './effect-on-people.tsx'

const CRUMBS = [
  { title: 'Enforcement', to: 'enforcement' },
  { title: 'History', to: 'enforcement/history' },
]

/** What one change meant: who gained or lost what by it, and the way back to before it. */
export function RevisionPage() {
  const { revision: text = '' } = useParams()
  const revision = Number(text)
  if (!/^[1-9]\d{0,14}$/.test(text)) {
    return (
      <Page title="Revision" crumbs={CRUMBS}>
        <Text>There is no revision {text}: they are counted from 1 on.</Text>
      </Page>
    )
  }
  return (
    <Page title={`Revision ${revision}`} crumbs={CRUMBS} actions={<RevertBefore revision={revision} />}>
      <Text size="sm">
        <EffectOnPeople from={revision - 1} to={revision} />
      </Text>
      <AccessChanges from={revision - 1} to={revision} />
    </Page>
  )
}

function RevertBefore({ revision }: { readonly revision: number }) {
  const address = useAddress()
  if (!holdsAny(useSession(), 'allow_modify_teams')) return null
  return (
    <Button variant="default" component={Link} to={address(`enforcement/revert?to=${revision - 1}`)}>
      Revert to before it
    </Button>
  )
}
