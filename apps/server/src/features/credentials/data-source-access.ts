import { holds, type Principal } from '../../kernel/principal.ts'
import {
  type DataSource,
  dataSourceErrors,
  isStewardOrCreator,
  type StewardshipReads,
  type Viewer,
} from '../data-sources/index.ts'
import { credentialErrors } from './credential.ts'

/** True when the organisation's rules let the caller use the data source. */
export type MayUseDataSource = (caller: Principal, dataSource: number) => Promise<boolean>

export interface DataSourceAccessDeps {
  readonly stewardship: Pick<StewardshipReads, 'standingTo'>
  readonly mayUseDataSource: MayUseDataSource
}

/** Which login credentials are for which data source. */
export interface LinkReads {
  isLinked(dataSource: number, credential: number): Promise<boolean>
}

export interface DataSourceReads {
  find(viewer: Viewer, id: number): Promise<DataSource | undefined>
}

/**
 * Throws unless the caller may log in to the data source with what is linked to it: its creator, its stewards (those of the
 * groups above it too), admins with the flag, and whom a rule allows; none of them through an app. `login_credential.by_app`,
 * `data_source.not_found`, `login_credential.not_yours`.
 */
export async function assertMayUse(deps: DataSourceAccessDeps, caller: Principal, dataSource: number): Promise<void> {
  if (caller.via === 'oauth' || caller.via === 'connector') throw credentialErrors.by_app()
  const standing = await deps.stewardship.standingTo(caller, dataSource)
  if (!standing) throw dataSourceErrors.not_found(dataSource)
  if (holds(caller, 'allow_modify_datasources') || isStewardOrCreator(standing)) return
  if (!(await deps.mayUseDataSource(caller, dataSource))) throw credentialErrors.not_yours()
}
