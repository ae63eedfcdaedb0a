import { useOrganisation, useSession } from '../../parts/api.tsx'

/** The organisation whose apps are shown: the interface wants it named, also when it is one's own. */
export function useCompany(): number {
  const { organisation_id: own } = useSession()
  return useOrganisation() ?? own
}
