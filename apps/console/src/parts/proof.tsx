import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { PortreeveError } from '@portreeve/client'
import { createContext, type ReactNode, type SyntheticEvent, use, useMemo, useState } from 'react'
import { createClient } from './client.ts'
import { problemsOf } from './error-text.ts'

interface Proof {
  /** Does it; where the server wants a fresh sign-in first, asks for the password and does it again. */
  proving<T>(act: () => Promise<T>): Promise<T>
}

const ProofContext = createContext<Proof>({ proving: (act) => act() })

export function useProof(): Proof {
  return use(ProofContext)
}

interface Asking {
  proved(): void
  gaveUp(): void
}

/** Asks who is there, for what cannot be undone. */
export function ProofProvider({ children }: { readonly children: ReactNode }) {
  const [asking, setAsking] = useState<Asking>()
  const proof = useMemo<Proof>(
    () => ({
      async proving(act) {
        try {
          return await act()
        } catch (error) {
          if (!(error instanceof PortreeveError) || error.code !== 'sign_in.reauthenticate') throw error
          const answer = Promise.withResolvers<boolean>()
          setAsking({ proved: () => answer.resolve(true), gaveUp: () => answer.resolve(false) })
          const isProved = await answer.promise.finally(() => setAsking(undefined))
          if (!isProved) throw error
          return act()
        }
      },
    }),
    [],
  )
  return (
    <ProofContext value={proof}>
      {children}
      <Modal opened={asking !== undefined} onClose={() => asking?.gaveUp()} title="Is it still you?" zIndex={400}>
        {asking && <ProofForm {...asking} />}
      </Modal>
    </ProofContext>
  )
}

function ProofForm({ proved, gaveUp }: Asking) {
  const [password, setPassword] = useState('')
  const [token, setToken] = useState('')
  const [error, setError] = useState<unknown>()
  const [wantsToken, setWantsToken] = useState(false)
  const problems = problemsOf(error, ['password', 'token'], {
    'sign_in.wrong_password': 'password',
    'second_factor.wrong_token': 'token',
    'second_factor.token_missing': 'token',
  })
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    try {
      await createClient().session.reauthenticate({ password, ...(token !== '' && { token }) })
      proved()
    } catch (failure) {
      setError(failure)
      if (failure instanceof PortreeveError && failure.code.startsWith('second_factor.')) setWantsToken(true)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Text size="sm">This cannot be undone, so it takes a sign-in of the last ten minutes.</Text>
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          data-autofocus
          required
          value={password}
          error={problems.byField['password'] ?? problems.rest}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {wantsToken && (
          <TextInput
            label="One-time code"
            autoComplete="one-time-code"
            value={token}
            error={problems.byField['token']}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={gaveUp}>
            Cancel
          </Button>
          <Button type="submit">Continue</Button>
        </Group>
      </Stack>
    </form>
  )
}
