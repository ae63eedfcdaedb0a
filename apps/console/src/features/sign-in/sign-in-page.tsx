import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { PortreeveError } from '@portreeve/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { createClient } from '../../parts/client.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { EntryPage } from './entry-page.tsx'
import { ownAddress } from './own-address.ts'

/** Email address and password, then the one-time code of those who turned it on. */
export function SignInPage() {
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => createClient().session.needsSetup() })
  const [parameters] = useSearchParams()
  if (setup.data === true) return <Navigate to="/set-up" replace />
  return (
    <EntryPage title="Sign in">
      {parameters.has('next') && <Text size="sm">Sign in to go on to the page you wanted.</Text>}
      <SignInForm next={parameters.get('next') ?? '/'} />
    </EntryPage>
  )
}

function SignInForm({ next }: { readonly next: string }) {
  const { values, set, error, wantsToken, isBusy, submit } = useSignIn(next)
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <TextInput
          label="Email address"
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          value={values.email}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={values.password}
          onChange={(event) => set({ password: event.currentTarget.value })}
        />
        {wantsToken && (
          <TextInput
            label="One-time code"
            description="From your authenticator app, or a recovery code"
            name="token"
            autoComplete="one-time-code"
            required
            withAsterisk={false}
            autoFocus
            value={values.token}
            onChange={(event) => set({ token: event.currentTarget.value })}
          />
        )}
        <ErrorNotice error={error} title="Not signed in" />
        <Button type="submit" loading={isBusy}>
          Sign in
        </Button>
      </Stack>
    </form>
  )
}

function useSignIn(next: string) {
  const [values, setValues] = useState({ email: '', password: '', token: '' })
  const [error, setError] = useState<unknown>()
  const [wantsToken, setWantsToken] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const navigate = useNavigate()
  const queries = useQueryClient()
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const { token, ...credentials } = values
      await createClient().session.begin({ ...credentials, ...(wantsToken && { token: token.trim() }) })
      queries.clear()
      await navigate(ownAddress(next), { replace: true })
    } catch (failure) {
      const isFirstStep = failure instanceof PortreeveError && failure.code === 'sign_in.token_required'
      setWantsToken((before) => before || isFirstStep)
      setError(isFirstStep ? undefined : failure)
    } finally {
      setBusy(false)
    }
  }
  const set = (change: Partial<typeof values>) => setValues((before) => ({ ...before, ...change }))
  return { values, set, error, wantsToken, isBusy, submit }
}
