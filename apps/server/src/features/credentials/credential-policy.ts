import { holds, type Principal } from '../../kernel/principal.ts'
import { isStewardOrCreator, type Standing } from '../data-sources/index.ts'
import { credentialErrors } from './credential.ts'

/**
 * Admins with the flag, whoever made the login credentials, and stewards of a data source they are linked to edit them;
 * everybody of the organisation reads them, but for the secret.
 */
export function assertMayEditCredential(caller: Principal, standing: Standing): void {
  if (!holds(caller, 'allow_modify_datasources') && !isStewardOrCreator(standing)) throw credentialErrors.not_yours()
}

/** Login credentials are for data sources: whoever looks after one stores accounts for it. */
export function assertMayCreateCredentials(caller: Principal, isStewardOfAny: boolean): void {
  if (!holds(caller, 'allow_modify_datasources') && !isStewardOfAny) throw credentialErrors.not_yours()
}
