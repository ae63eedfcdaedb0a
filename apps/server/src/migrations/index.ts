import type { Migration } from '../platform/database/migrate.ts'
import { sql as organisationsAndUsers } from './0001-organisations-and-users.ts'
import { sql as signIn } from './0002-sign-in.ts'
import { sql as model } from './0003-model.ts'
import { sql as leadersAndBatches } from './0004-leaders-and-batches.ts'
import { sql as directories } from './0005-directories.ts'
import { sql as teamSync } from './0006-team-sync.ts'
import { sql as connectors } from './0007-connectors.ts'
import { sql as secondFactor } from './0008-second-factor.ts'
import { sql as connectorTokens } from './0009-connector-tokens.ts'
import { sql as clientApplications } from './0010-client-applications.ts'
import { sql as bulkJobs } from './0011-bulk-jobs.ts'
import { sql as oauthServer } from './0012-oauth-server.ts'
import { sql as dataSources } from './0013-data-sources.ts'
import { sql as loginCredentials } from './0014-login-credentials.ts'
import { sql as dataSourceResources } from './0015-data-source-resources.ts'
import { sql as auditChain } from './0016-audit-chain.ts'
import { sql as connectionTests } from './0017-connection-tests.ts'
import { sql as modelChanges } from './0018-model-changes.ts'
import { sql as registrationTokens } from './0019-registration-tokens.ts'
import { sql as taskLists } from './0020-task-lists.ts'
import { sql as bulkUsers } from './0021-bulk-users.ts'
import { sql as staleCredentials } from './0022-stale-credentials.ts'
import { sql as searchFold } from './0023-search-fold.ts'

/** Every step of the schema, in order. Add at the end; never edit one that has landed. */
export const migrations: readonly Migration[] = [
  { name: '0001-organisations-and-users', sql: organisationsAndUsers },
  { name: '0002-sign-in', sql: signIn },
  { name: '0003-model', sql: model },
  { name: '0004-leaders-and-batches', sql: leadersAndBatches },
  { name: '0005-directories', sql: directories },
  { name: '0006-team-sync', sql: teamSync },
  { name: '0007-connectors', sql: connectors },
  { name: '0008-second-factor', sql: secondFactor },
  { name: '0009-connector-tokens', sql: connectorTokens },
  { name: '0010-client-applications', sql: clientApplications },
  { name: '0011-bulk-jobs', sql: bulkJobs },
  { name: '0012-oauth-server', sql: oauthServer },
  { name: '0013-data-sources', sql: dataSources },
  { name: '0014-login-credentials', sql: loginCredentials },
  { name: '0015-data-source-resources', sql: dataSourceResources },
  { name: '0016-audit-chain', sql: auditChain },
  { name: '0017-connection-tests', sql: connectionTests },
  { name: '0018-model-changes', sql: modelChanges },
  { name: '0019-registration-tokens', sql: registrationTokens },
  { name: '0020-task-lists', sql: taskLists },
  { name: '0021-bulk-users', sql: bulkUsers },
  { name: '0022-stale-credentials', sql: staleCredentials },
  { name: '0023-search-fold', sql: searchFold },
]
