import { ClientApi } from '@portreeve/client'
import type { ConsoleScene } from './console-scene.ts'

/** Ids of what the pages of a scene show. */
export interface FoundationData {
  readonly userId: string
  readonly organisationId: number
  readonly repositoryId: string
  readonly teamId: string
  readonly ruleId: string
  readonly connectorId: number
  readonly clientId: string
  readonly authorityId: string
  /** With a directory query. */
  readonly queriedTeamId: string
  /** Of the change that made ann. */
  readonly taskId: string
  /** A dry run over ann’s device. */
  readonly jobId: string
  readonly dataSourceId: number
  /** Which the data source is in. */
  readonly groupId: number
  /** Which are linked to the data source. */
  readonly credentialId: number
}

const LONG_NAME = 'Maximiliane-Friederike Wolfeschlegelsteinhausenbergerdorff of the Department of Very Long Names'

/** People and organisations with names short and long, enough for several pages. */
export async function addFoundationData({ client, server }: ConsoleScene): Promise<FoundationData> {
  const { entityId: userId, taskId } = await client.users.create({
    username: 'ann',
    displayName: 'Ann Ångström',
    email: 'ann@example.org',
    password: 'ann’s password',
  })
  await client.users.create({
    username: 'maximiliane.friederike.wolfeschlegelsteinhausenbergerdorff',
    displayName: LONG_NAME,
    email: 'maximiliane.friederike.wolfeschlegelsteinhausenbergerdorff@departments.example.org',
  })
  for (let number = 10; number < 40; number++) {
    await client.users.create({
      username: `p${number}`,
      displayName: `Person ${number}`,
      email: `p${number}@example.org`,
    })
  }
  const { entityId: repositoryId } = await client.repositories.create({ name: 'charts', description: LONG_NAME })
  const { organisation_id: organisationId } = await client.organisations.create({ name: 'Harbour' })
  await client.organisations.create({ name: LONG_NAME })
  const team = await addTeam(client, { userId, repositoryName: 'charts' })
  const connectorId = await addDevices(server.url)
  const clientId = await addApps(client)
  const directory = await addDirectory(client)
  const jobId = await runJob(client, connectorId)
  const data = await addDataSources(client)
  return { ...team, ...directory, ...data, userId, organisationId, repositoryId, connectorId, clientId, taskId, jobId }
}

/** A team with a subteam, a leader, a member and a rule. */
async function addTeam(
  client: ConsoleScene['client'],
  { userId, repositoryName }: { readonly userId: string; readonly repositoryName: string },
): Promise<Pick<FoundationData, 'teamId' | 'ruleId'>> {
  const { entityId: teamId } = await client.teams.create({ name: 'Pilots', description: LONG_NAME })
  await client.teams.createSubteam(teamId, { name: LONG_NAME })
  await client.teams.addMembers(teamId, [userId])
  await client.leaders.appoint({ teamId, userId }, { manageMembers: true, manageRules: true })
  const { entityId: ownerResource } = await client.teams.addResource(teamId, { repositoryName, path: '/trunk' })
  const { entityId: ruleId } = await client.rules.create(teamId, { ruleName: 'Piloting' })
  await client.rules.addMembers({ teamId, ruleId }, [userId])
  await client.rules.addPermissions({ teamId, ruleId }, [{ ownerResource, permissionType: 'READ_WRITE', path: 'maps' }])
  return { teamId, ruleId }
}

/** Two directories with names short and long, which nobody answers for, and a team with a query to the first. */
async function addDirectory(
  client: ConsoleScene['client'],
): Promise<Pick<FoundationData, 'authorityId' | 'queriedTeamId'>> {
  const where = { url: 'ldap://ldap.example.org', userBase: 'ou=people,dc=example,dc=org' }
  const { entityId: authorityId } = await client.ldapAuthorities.create({ name: 'staff directory', ...where })
  await client.ldapAuthorities.create({ name: LONG_NAME, ...where })
  const query = { ldapAuthority: authorityId, ldapFilter: '(cn=staff)' }
  const { entityId: queriedTeamId } = await client.teams.create({ name: 'Staff', ...query })
  return { authorityId, queriedTeamId }
}

/** Two devices of ann, whose names are short and long. */
async function addDevices(url: string): Promise<number> {
  const api = new ClientApi(url)
  const proof = { username: 'ann@example.org', password: 'ann’s password' }
  const app = { platform: 'Android 16', app_version: '7.1.0', client_id: 'messenger' }
  const { connector_id: id } = await api.logIn({ ...proof, ...app, device_name: 'Pixel 12' })
  await api.logIn({ ...proof, ...app, device_name: LONG_NAME })
  return id
}

/** Two client applications that are available to the first organisation. */
async function addApps(client: ConsoleScene['client']): Promise<string> {
  const redirect_uris = ['https://messenger.example.org/signed-in']
  const messenger = await client.clientApplications.create({ client_name: 'Messenger', redirect_uris })
  const other = await client.clientApplications.create({ client_name: LONG_NAME, redirect_uris })
  const { organisation_id: own } = await client.session.current()
  for (const { client_id: id } of [messenger, other]) await client.companyClients.add(own, id)
  await client.companyClients.setPermitted(own, messenger.client_id, true)
  return messenger.client_id
}

/** What disabling the device would come to. */
async function runJob(client: ConsoleScene['client'], connectorId: number): Promise<string> {
  const selection = { connector_ids: [connectorId, 999] }
  const job = await client.connectors.changeMany(selection, { connector_state: 'Disabled' }, { dryRun: true })
  await client.bulkJobs.waitUntilEnded(job.bulk_id)
  return job.bulk_id
}

/** Data sources with names short and long, in a group and in none, and what one logs in to one of them with. */
async function addDataSources(
  client: ConsoleScene['client'],
): Promise<Pick<FoundationData, 'dataSourceId' | 'groupId' | 'credentialId'>> {
  const { id: groupId } = await client.dataSourceGroups.create({ name: 'Finance', stewards: ['ann'] })
  await client.dataSourceGroups.create({ name: LONG_NAME, parentId: groupId })
  const reader = { username: 'reader', password: 'of the ledger' }
  const { id: credentialId } = await client.loginCredentials.create({ name: 'Ledger reader', ...reader })
  await client.loginCredentials.create({ name: LONG_NAME, trusted: true, trustedHost: 'db.example.org' })
  const { id: dataSourceId } = await client.dataSources.create({
    name: 'Ledger',
    databaseType: 'PostgreSQL',
    host: 'db.example.org',
    port: 5432,
    database: 'ledger',
    groupId,
    stewards: ['ann'],
    loginCredentials: ['Ledger reader'],
    status: 'Online',
    properties: { owner: 'finance' },
  })
  await client.dataSources.create({ name: LONG_NAME, databaseType: 'Oracle', description: LONG_NAME })
  return { dataSourceId, groupId, credentialId }
}
