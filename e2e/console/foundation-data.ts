import type { ConsoleScene } from './console-scene.ts'

/** Ids of what the pages of a scene show. */
export interface FoundationData {
  readonly userId: string
  readonly organisationId: number
  readonly repositoryId: string
  readonly teamId: string
  readonly ruleId: string
}

const LONG_NAME = 'Maximiliane-Friederike Wolfeschlegelsteinhausenbergerdorff of the Department of Very Long Names'

/** People and organisations with names short and long, enough for several pages. */
export async function addFoundationData({ client }: ConsoleScene): Promise<FoundationData> {
  const { entityId: userId } = await client.users.create({
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
  return { ...team, userId, organisationId, repositoryId }
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
