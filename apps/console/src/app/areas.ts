import { account } from '../features/account/index.ts'
import { audit } from '../features/audit/index.ts'
import { authorities } from '../features/authorities/index.ts'
import { clients } from '../features/clients/index.ts'
import { connectors } from '../features/connectors/index.ts'
import { dataSources } from '../features/data-sources/index.ts'
import { decisions } from '../features/decisions/index.ts'
import { enforcement } from '../features/enforcement/index.ts'
import { groups } from '../features/groups/index.ts'
import { jobs } from '../features/jobs/index.ts'
import { loginCredentials } from '../features/login-credentials/index.ts'
import { organisations } from '../features/organisations/index.ts'
import { overview } from '../features/overview/index.ts'
import { permittedClients } from '../features/permitted-clients/index.ts'
import { repositories } from '../features/repositories/index.ts'
import { settings } from '../features/settings/index.ts'
import { teams } from '../features/teams/index.ts'
import { users } from '../features/users/index.ts'
import type { Area } from '../parts/area.ts'

/** Every area, in the order of the navigation. */
export const AREAS: readonly Area[] = [
  overview,
  users,
  teams,
  repositories,
  enforcement,
  decisions,
  connectors,
  permittedClients,
  clients,
  dataSources,
  groups,
  loginCredentials,
  organisations,
  authorities,
  settings,
  jobs,
  audit,
  account,
]
