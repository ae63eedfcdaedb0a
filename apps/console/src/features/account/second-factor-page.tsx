import { Alert, Anchor, Badge, Button, Code, Group, List, Modal, Skeleton, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Enrolment, RecoveryCodes, SecondFactor } from '@portreeve/client'
import { useState } from 'react'
import { useChange, useResource } from '../../parts/api.tsx'
import { CopyableId } from '../../parts/copyable-id.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { PasswordField, TextField } from '../../parts/forms/fields.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { QrCode } from './qr-code.tsx'

const KEY = ['account', 'second-factor']

/** A code of an authenticator app on top of the password (RFC 6238). */
export function SecondFactorPage() {
  const factor = useResource(KEY, (client) => client.ownAccount.secondFactor())
  const [codes, setCodes] = useState<RecoveryCodes>()
  return (
    <Page title="Second factor" crumbs={[{ title: 'Your account', to: 'account' }]}>
      <ErrorNotice error={factor.error} onRetry={() => void factor.refetch()} />
      {factor.isPending && <Skeleton height={120} />}
      {codes && <ShownCodes codes={codes} />}
      {factor.data?.state === 'on' && <TurnedOn factor={factor.data} onCodes={setCodes} />}
      {factor.data && factor.data.state !== 'on' && <TurnOn onCodes={setCodes} />}
    </Page>
  )
}

interface OnCodes {
  onCodes(codes: RecoveryCodes): void
}

function TurnedOn({ factor, onCodes }: OnCodes & { readonly factor: SecondFactor }) {
  return (
    <Stack>
      <Group>
        <Badge variant="light" color="green">
          On
        </Badge>
        <Text size="sm" component="div">
          since <RelativeTime at={factor.turned_on_at} />; {factor.recovery_codes_left ?? 0} recovery codes are left
        </Text>
      </Group>
      <Group>
        <WithProof
          label="New recovery codes…"
          explanation="The old ones are good no more."
          act={(client, password) => client.ownAccount.renewRecoveryCodes({ password })}
          onDone={onCodes}
        />
        <WithProof
          label="Turn it off…"
          explanation="From then on your password alone is enough to sign in as you."
          act={(client, password) => client.ownAccount.turnOffSecondFactor({ password })}
        />
      </Group>
    </Stack>
  )
}

interface WithProofProps<Result> {
  readonly label: string
  readonly explanation: string
  act(client: Parameters<Parameters<typeof useChange>[0]['act']>[0], password: string): Promise<Result>
  onDone?(result: Result): void
}

const NO_PASSWORD = { password: '' }

/** Asks for the password, whatever else there is. */
function WithProof<Result>({ label, explanation, act, onDone }: WithProofProps<Result>) {
  const [isOpen, { open, close }] = useDisclosure()
  return (
    <>
      <Button variant="default" onClick={open}>
        {label}
      </Button>
      <Modal opened={isOpen} onClose={close} title={label.replace('…', '')}>
        <Form<typeof NO_PASSWORD, Result>
          initial={NO_PASSWORD}
          submitLabel="Continue"
          codes={{ 'sign_in.wrong_password': 'password', 'second_factor.proof_missing': 'password' }}
          act={(client, { password }) => act(client, password)}
          outdates={[KEY]}
          done="Done."
          onDone={(result) => {
            close()
            onDone?.(result)
          }}
          onCancel={close}
        >
          <Text size="sm">{explanation}</Text>
          <PasswordField name="password" label="Password" autoComplete="current-password" required />
        </Form>
      </Modal>
    </>
  )
}

function TurnOn({ onCodes }: OnCodes) {
  const [enrolment, setEnrolment] = useState<Enrolment>()
  const enrol = useChange<void, Enrolment>({
    act: (client) => client.ownAccount.enrolSecondFactor(),
    outdates: [],
    onDone: setEnrolment,
  })
  if (enrolment) return <Verify enrolment={enrolment} onCodes={onCodes} />
  return (
    <Stack align="flex-start">
      <Text size="sm" maw="40rem">
        It is off: your password alone is enough to sign in as you. With a second factor, each sign-in also takes a code
        that an app on your phone shows.
      </Text>
      <ErrorNotice error={enrol.error} />
      <Button loading={enrol.isPending} onClick={() => enrol.mutate()}>
        Turn it on
      </Button>
    </Stack>
  )
}

const NO_CODE = { token: '' }

function Verify({ enrolment, onCodes }: OnCodes & { readonly enrolment: Enrolment }) {
  return (
    <Stack>
      <List type="ordered" size="sm" spacing="xs">
        <List.Item>
          Scan this with your authenticator app, type the key into it, or, on the phone itself,{' '}
          <Anchor href={enrolment.otpauth_uri}>open it there</Anchor>:
          <Stack gap="xs" my="xs">
            <QrCode text={enrolment.otpauth_uri} label="QR code of the key" />
            <CopyableId value={enrolment.secret} what="the key" />
          </Stack>
        </List.Item>
        <List.Item>Type the code that it shows. Your other sessions end.</List.Item>
      </List>
      <Form<typeof NO_CODE, RecoveryCodes>
        initial={NO_CODE}
        submitLabel="Turn it on"
        codes={{ 'second_factor.wrong_token': 'token' }}
        act={(client, { token }) => client.ownAccount.verifySecondFactor(token.trim())}
        outdates={[KEY]}
        done="The second factor is on."
        onDone={onCodes}
      >
        <TextField name="token" label="Code" autoComplete="one-time-code" inputMode="numeric" required />
      </Form>
    </Stack>
  )
}

function ShownCodes({ codes }: { readonly codes: RecoveryCodes }) {
  return (
    <Alert color="green" title="Keep these recovery codes: they are not shown again">
      <Stack gap="xs">
        <Text size="sm">Each is good for one sign-in, for when you do not have the app at hand.</Text>
        <Code block>{codes.recovery_codes.join('\n')}</Code>
      </Stack>
    </Alert>
  )
}
