import { Alert, Button, Group, Stack, Text } from '@mantine/core'

export interface ConflictNoticeProps {
  /** Saves what is entered over what others have made of it. */
  onOverride(): void
  /** Forgets what is entered, and shows what is stored. */
  onTakeTheirs(): void
}

/** Says that others have changed the same fields meanwhile, and asks whose is to stay. */
export function ConflictNotice({ onOverride, onTakeTheirs }: ConflictNoticeProps) {
  return (
    <Alert color="orange" title="Somebody else has changed it meanwhile" role="alert">
      <Stack gap="xs">
        <Text size="sm">
          Nothing was saved yet. What they made of it stands beside each field that both of you changed.
        </Text>
        <Group>
          <Button size="xs" variant="default" onClick={onOverride}>
            Save mine all the same
          </Button>
          <Button size="xs" variant="default" onClick={onTakeTheirs}>
            Take theirs
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}
