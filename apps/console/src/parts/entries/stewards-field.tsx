import { useSession } from '../api.tsx'
import { FoundNamesField } from '../forms/found-names-field.tsx'
import { holdsAny } from '../rights.ts'

const MOST_SUGGESTED = 20

/** Who looks after a data source or group, in a form with a field `stewards`. */
export function StewardsField() {
  const mayViewUsers = holdsAny(useSession(), 'allow_view_users')
  return (
    <FoundNamesField
      name="stewards"
      label="Stewards"
      description="By username or display name. They edit it and all below it, and can get the passwords of its login credentials."
      queryKey={['users']}
      isSearchable={mayViewUsers}
      find={async (client, username, signal) => {
        const request = { page: 1, pageSize: MOST_SUGGESTED, search: { username }, signal }
        return (await client.users.page(request)).items.map((user) => user.username)
      }}
    />
  )
}
