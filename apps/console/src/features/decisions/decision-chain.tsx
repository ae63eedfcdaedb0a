import { Badge, Group, Text } from '@mantine/core'
import type { AccessLink } from '@portreeve/client'
import { ConsoleLink } from '../../parts/link.tsx'
import { addressOfLink } from './address-of-link.ts'

const TITLES: Readonly<Record<AccessLink['link'], string>> = {
  token: 'Token',
  organisation: 'Organisation',
  user: 'User',
  connector: 'Connector',
  client: 'App',
  stewardship: 'Part in the data source',
  team: 'Team',
  rule: 'Rule',
  permission: 'Permission',
}

const OUTCOMES: Readonly<Record<AccessLink['outcome'], { readonly text: string; readonly color: string }>> = {
  allows: { text: 'Allows', color: 'green' },
  refuses: { text: 'Refuses', color: 'red' },
  does_not_apply: { text: 'Does not apply', color: 'gray' },
}

/** The conditions of a decision in their order, up to the first that refuses. */
export function DecisionChain({ chain }: { readonly chain: readonly AccessLink[] }) {
  return (
    <ol className="chain" aria-label="Chain of reasons">
      {chain.map((link) => (
        <ChainLink key={link.link} link={link} chain={chain} />
      ))}
    </ol>
  )
}

function ChainLink({ link, chain }: { readonly link: AccessLink; readonly chain: readonly AccessLink[] }) {
  const { because, change, outcome, name, teams = [] } = link
  const { text, color } = OUTCOMES[outcome]
  const address = addressOfLink(link, chain)
  return (
    <li data-outcome={outcome}>
      <Group gap="xs">
        <Text fw={600}>{TITLES[link.link]}</Text>
        <Badge variant="light" color={color}>
          {text}
        </Badge>
        {teams.length === 0 && address !== undefined && <ConsoleLink to={address}>{name ?? 'Open'}</ConsoleLink>}
        <TeamPath teams={teams} />
      </Group>
      <Text size="sm">{because}</Text>
      {change !== undefined && (
        <Text size="sm">
          <strong>What would change it:</strong> {change}
        </Text>
      )}
    </li>
  )
}

function TeamPath({ teams }: { readonly teams: NonNullable<AccessLink['teams']> }) {
  return teams.map(({ id, name }, place) => (
    <Text key={id} span size="sm">
      {place > 0 && <span aria-hidden>› </span>}
      <ConsoleLink to={`teams/${id}`}>{name}</ConsoleLink>
    </Text>
  ))
}
