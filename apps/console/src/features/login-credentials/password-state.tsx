import type { LoginCredential } from '@portreeve/client'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { unixTime } from '../../parts/unix-time.ts'

/** When the password was set and by whom: all that anybody sees of it. */
export function PasswordState({ credential }: { readonly credential: LoginCredential }) {
  const { passwordSetAt, passwordSetBy } = credential
  if (passwordSetAt === undefined) return 'None'
  return (
    <>
      Set <RelativeTime at={unixTime(passwordSetAt)} />
      {passwordSetBy && ` by ${passwordSetBy.name}`}
    </>
  )
}
