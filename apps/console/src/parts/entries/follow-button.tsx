import { Button } from '@mantine/core'
import type { PortreeveClient } from '@portreeve/client'
import type { QueryKey } from '@tanstack/react-query'
import { useChange } from '../api.tsx'
import { ErrorNotice } from '../error-notice.tsx'

export interface FollowButtonProps {
  readonly name: string
  readonly isFollowed: boolean
  readonly outdates: readonly QueryKey[]
  follow(client: PortreeveClient, isFollowed: boolean): Promise<void>
}

/** Follows something, or follows it no longer. */
export function FollowButton({ name, isFollowed, outdates, follow }: FollowButtonProps) {
  const change = useChange<void, void>({
    act: (client) => follow(client, !isFollowed),
    outdates,
    done: isFollowed ? `You do not follow ${name} any more.` : `You follow ${name}.`,
  })
  return (
    <>
      <ErrorNotice error={change.error} />
      <Button variant="default" loading={change.isPending} onClick={() => change.mutate()}>
        {isFollowed ? 'Unfollow' : 'Follow'}
      </Button>
    </>
  )
}
