import type { Reached, Reaching } from '@portreeve/client'
import { ConsoleLink } from '../../parts/link.tsx'
import { PermissionBadge } from '../../parts/permission-badge.tsx'
import type { Column } from '../../parts/table/table-columns.ts'

type Reasoned = Reaching | Reached

const REASONS: Readonly<Record<Reasoned['because'], string>> = {
  // Those of others are not named.
  rule: 'A rule',
  no_rule: 'No rule',
  creator: 'Made the data source',
  steward: 'Looks after the data source',
  admin: 'Administers all data sources',
}

/** The right of an entry, and what decides it. */
export const REASON_COLUMNS: readonly Column<Reasoned>[] = [
  {
    id: 'permission',
    header: 'Right',
    cell: ({ permission }) => <PermissionBadge type={permission} />,
  },
  { id: 'because', header: 'By', visibleFrom: 'sm', cell: (entry) => <Reason entry={entry} /> },
  { id: 'decidedAt', header: 'Said at', visibleFrom: 'lg', cell: ({ decidedAt }) => decidedAt },
  {
    id: 'team',
    header: 'Team',
    visibleFrom: 'md',
    cell: ({ teamId, teamName }) =>
      teamId !== undefined && <ConsoleLink to={`teams/${teamId}`}>{teamName}</ConsoleLink>,
  },
]

function Reason({ entry }: { readonly entry: Reasoned }) {
  const { ruleId, ruleName, teamId, because } = entry
  if (ruleId === undefined || teamId === undefined) return REASONS[because]
  return <ConsoleLink to={`teams/${teamId}/rules/${ruleId}`}>{ruleName}</ConsoleLink>
}
