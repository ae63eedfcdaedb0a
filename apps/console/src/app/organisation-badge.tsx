import { Button, Group, Text } from '@mantine/core'
import { useNavigate } from 'react-router'
import { useResource, useSession } from '../parts/api.tsx'
import { holdsAny } from '../parts/rights.ts'

/** Which organisation is acted in; for a superadmin who is away from home, the way back. */
export function OrganisationBadge() {
  const session = useSession()
  const navigate = useNavigate()
  const id = session.acting_organisation_id
  const maySee = holdsAny(session, 'allow_view_settings', 'allow_modify_settings')
  const { data } = useResource(['organisations', id], (client) => client.organisations.get(id), { enabled: maySee })
  const isAway = id !== session.organisation_id
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" c="dimmed" truncate maw={{ base: 110, sm: 260 }} title={data?.name}>
        {data?.name ?? `Organisation ${id}`}
      </Text>
      {isAway && (
        <Button size="compact-xs" variant="light" onClick={() => void navigate('/')}>
          Leave
        </Button>
      )}
    </Group>
  )
}
