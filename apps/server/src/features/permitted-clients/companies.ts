import { organisationErrors } from '../organisations/index.ts'
import type { Company } from './company-policy.ts'

/** Where companies are looked up. */
export interface Companies {
  /** Undefined when there is none of that id. */
  isEnabled(id: number): Promise<boolean | undefined>
}

/** Throws `organisation.not_found`. */
export async function getCompany(companies: Companies, id: number): Promise<Company> {
  const isEnabled = await companies.isEnabled(id)
  if (isEnabled === undefined) throw organisationErrors.not_found(id)
  return { id, isEnabled }
}

/** Throws unless there is such a company and it is enabled: while it is not, nothing of it changes. */
export async function assertOpen(companies: Companies, id: number): Promise<void> {
  const { isEnabled } = await getCompany(companies, id)
  if (!isEnabled) throw organisationErrors.target_disabled(id)
}
