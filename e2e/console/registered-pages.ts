import type { FoundationData } from './foundation-data.ts'

export interface RegisteredPage {
  /** Of its screenshots. */
  readonly name: string
  readonly address: string
  /** Its heading, which tells that it is there. */
  readonly heading: string
  /** For who is not signed in. */
  readonly isPublic?: boolean
  /** docs/guides has its picture. */
  readonly isInGuides?: boolean
}

/** Every page of the console: each is looked at by axe, and photographed by `npm run screenshots`. */
export function registeredPages(data: FoundationData): readonly RegisteredPage[] {
  const {
    userId,
    organisationId,
    repositoryId,
    teamId,
    ruleId,
    connectorId,
    clientId,
    taskId,
    jobId,
    authorityId,
    queriedTeamId,
    dataSourceId,
    groupId,
    credentialId,
  } = data
  return [
    { name: 'sign-in', address: 'sign-in', heading: 'Sign in', isPublic: true },
    { name: 'overview', address: '', heading: 'Overview', isInGuides: true },
    { name: 'not-found', address: 'nowhere', heading: 'There is no such page' },
    { name: 'users', address: 'users', heading: 'Users', isInGuides: true },
    { name: 'users-none', address: 'users?q=nobody-at-all', heading: 'Users' },
    { name: 'user-new', address: 'users/new', heading: 'New user' },
    { name: 'user', address: `users/${userId}`, heading: 'ann' },
    { name: 'teams', address: 'teams', heading: 'Teams', isInGuides: true },
    { name: 'teams-list', address: 'teams?view=list', heading: 'Teams' },
    { name: 'team-new', address: `teams/new?parent=${teamId}`, heading: 'New subteam' },
    { name: 'team', address: `teams/${teamId}`, heading: 'Pilots' },
    { name: 'team-members', address: `teams/${teamId}/members`, heading: 'Pilots' },
    { name: 'team-leaders', address: `teams/${teamId}/leaders`, heading: 'Pilots' },
    { name: 'team-resources', address: `teams/${teamId}/resources`, heading: 'Pilots' },
    { name: 'team-rules', address: `teams/${teamId}/rules`, heading: 'Pilots' },
    { name: 'rule', address: `teams/${teamId}/rules/${ruleId}`, heading: 'Piloting', isInGuides: true },
    { name: 'repositories', address: 'repositories', heading: 'Repositories' },
    { name: 'repository-new', address: 'repositories/new', heading: 'New repository' },
    {
      name: 'repository',
      address: `repositories/${repositoryId}?path=/trunk/maps`,
      heading: 'charts',
      isInGuides: true,
    },
    { name: 'repository-file', address: `repositories/${repositoryId}/file`, heading: 'charts' },
    { name: 'decisions-none', address: 'decisions', heading: 'Decisions' },
    {
      name: 'decisions-allowed',
      address: 'decisions?username=ann&repository=charts&path=/trunk/maps&permission=READ_WRITE',
      heading: 'Decisions',
      isInGuides: true,
    },
    { name: 'decisions-refused', address: 'decisions?username=p10&repository=charts', heading: 'Decisions' },
    { name: 'decisions-who', address: 'decisions/who?repository=charts&path=/trunk/maps', heading: 'Decisions' },
    { name: 'decisions-what', address: 'decisions/what?username=ann', heading: 'Decisions' },
    { name: 'enforcement', address: 'enforcement', heading: 'Enforcement', isInGuides: true },
    { name: 'enforcement-revert', address: 'enforcement/revert?to=0', heading: 'Revert to a revision' },
    { name: 'enforcement-history', address: 'enforcement/history', heading: 'History' },
    { name: 'enforcement-revision', address: 'enforcement/history/1', heading: 'Revision 1' },
    { name: 'enforcement-warnings', address: 'enforcement/warnings', heading: 'Warnings' },
    { name: 'connectors', address: 'connectors', heading: 'Devices', isInGuides: true },
    { name: 'connector', address: `connectors/${connectorId}`, heading: 'Pixel 12' },
    { name: 'permitted-clients', address: 'permitted-clients', heading: 'Permitted apps', isInGuides: true },
    { name: 'client-requests', address: 'permitted-clients/requests', heading: 'Requests for apps' },
    { name: 'clients', address: 'clients', heading: 'Client applications', isInGuides: true },
    { name: 'client-new', address: 'clients/new', heading: 'New client application' },
    { name: 'client', address: `clients/${clientId}`, heading: 'Messenger' },
    { name: 'data-sources', address: 'data-sources', heading: 'Data sources' },
    { name: 'data-source-new', address: `data-sources/new?group=${groupId}`, heading: 'New data source' },
    { name: 'data-source', address: `data-sources/${dataSourceId}`, heading: 'Ledger', isInGuides: true },
    { name: 'data-source-change', address: `data-sources/${dataSourceId}/change`, heading: 'Ledger' },
    { name: 'groups', address: 'groups', heading: 'Data-source groups', isInGuides: true },
    { name: 'groups-list', address: 'groups?view=list', heading: 'Data-source groups' },
    { name: 'group-new', address: `groups/new?parent=${groupId}`, heading: 'New subgroup' },
    { name: 'group', address: `groups/${groupId}`, heading: 'Finance' },
    { name: 'group-change', address: `groups/${groupId}/change`, heading: 'Finance' },
    { name: 'login-credentials', address: 'login-credentials', heading: 'Login credentials' },
    { name: 'login-credential-new', address: 'login-credentials/new', heading: 'New login credentials' },
    {
      name: 'login-credential',
      address: `login-credentials/${credentialId}`,
      heading: 'Ledger reader',
      isInGuides: true,
    },
    { name: 'organisations', address: 'organisations', heading: 'Organisations', isInGuides: true },
    { name: 'organisation-new', address: 'organisations/new', heading: 'New organisation' },
    { name: 'organisation', address: `organisations/${organisationId}`, heading: 'Harbour' },
    { name: 'acting-elsewhere', address: `users?organisation=${organisationId}`, heading: 'Users' },
    { name: 'authorities', address: 'authorities', heading: 'LDAP authorities' },
    { name: 'authority-new', address: 'authorities/new', heading: 'New LDAP authority' },
    { name: 'authority', address: `authorities/${authorityId}`, heading: 'staff directory', isInGuides: true },
    { name: 'authority-test', address: `authorities/${authorityId}/test`, heading: 'staff directory' },
    { name: 'authority-teams', address: `authorities/${authorityId}/teams`, heading: 'staff directory' },
    { name: 'query-new', address: `authorities/${authorityId}/teams/new`, heading: 'New directory query' },
    { name: 'sync', address: `authorities/${authorityId}/teams/${queriedTeamId}`, heading: 'Staff' },
    { name: 'settings', address: 'settings', heading: 'Settings', isInGuides: true },
    { name: 'jobs', address: 'jobs', heading: 'Tasks and jobs', isInGuides: true },
    { name: 'jobs-none', address: 'jobs?state=FAILED', heading: 'Tasks and jobs' },
    { name: 'task', address: `jobs/tasks/${taskId}`, heading: 'user ann: create' },
    { name: 'job', address: `jobs/bulk/${jobId}`, heading: 'Change of many devices' },
    { name: 'audit', address: 'audit', heading: 'Audit', isInGuides: true },
    { name: 'audit-record', address: 'audit/1', heading: 'Record 1' },
    { name: 'audit-verify', address: 'audit/verify', heading: 'Verify the audit' },
    { name: 'account', address: 'account', heading: 'Your account', isInGuides: true },
    { name: 'access-tokens', address: 'account/access-tokens', heading: 'Access tokens' },
    { name: 'second-factor', address: 'account/second-factor', heading: 'Second factor' },
  ]
}
