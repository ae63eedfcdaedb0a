import { Button, Code, CopyButton, Group } from '@mantine/core'

export interface CopyableIdProps {
  readonly value: string
  /** What it is, for the button's name: `the id of ann`. */
  readonly what: string
}

/** An id, a token or a link, in full, with a button that copies it. */
export function CopyableId({ value, what }: CopyableIdProps) {
  return (
    <Group gap="xs" wrap="nowrap" align="center">
      <Code className="long-text">{value}</Code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" onClick={copy} aria-label={`Copy ${what}`}>
            <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
          </Button>
        )}
      </CopyButton>
    </Group>
  )
}
