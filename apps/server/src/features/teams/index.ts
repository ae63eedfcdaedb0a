export { changeTeam } from './change-team.ts'
export { createTeam } from './create-team.ts'
export { deleteTeam } from './delete-team.ts'
export { appointLeader } from './leaders/appoint-leader.ts'
export { changeLeader } from './leaders/change-leader.ts'
export {
  type LeaderGrants,
  requireOnTeam,
  requireTeamView,
  type TeamScope,
  teamScopeOf,
  whoMay,
} from './leaders/leader-policy.ts'
export { removeLeader } from './leaders/remove-leader.ts'
export { addMembers } from './members/add-members.ts'
export { createMember } from './members/create-member.ts'
export type { MemberReads, MemberWrites } from './members/member-store.ts'
export { removeMembers } from './members/remove-members.ts'
export { addResource } from './resources/add-resource.ts'
export { removeResources } from './resources/remove-resources.ts'
export { parseRepositoryPath } from './resources/resource.ts'
export { assertMayChangeTeams, assertMayViewTeams, isPrintableName, nameKey, teamErrors } from './team.ts'
export type { TeamReadModel, TeamReads } from './team-store.ts'
