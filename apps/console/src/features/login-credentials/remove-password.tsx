import type { LoginCredential } from '@portreeve/client'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { asShown } from '../../parts/conflicts/as-shown.ts'

/** A button that has the stored password forgotten, once its effect is confirmed. */
export function RemovePassword({ credential }: { readonly credential: LoginCredential }) {
  const { id, name } = credential
  return (
    <ConfirmAction
      label="Remove the password…"
      title={`Remove the password of ${name}?`}
      effect={`It is erased and cannot be brought back; from then on nobody gets it here, and ${name} can only be used where the host is trusted. At the database itself it goes on to be good.`}
      confirm="Remove"
      outdates={[['login-credentials']]}
      done={`${name} has no password any more.`}
      act={({ loginCredentials }) =>
        asShown(
          credential,
          () => loginCredentials.getTagged(id),
          (meant) => loginCredentials.change(id, { password: null }, meant),
        )
      }
    />
  )
}
