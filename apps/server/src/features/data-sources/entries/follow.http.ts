import { entryParams, OkAnswer } from '@portreeve/contract'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { OK_ANSWER } from './entry-answer.ts'
import type { FollowAct } from './follow-entry.ts'
import { COMMON, READERS } from './route-terms.ts'

export interface FollowedResource {
  /** `/groups` */
  readonly url: string
  /** In names of operations: `Group`. */
  readonly noun: string
  /** `a group` */
  readonly what: string
  /** The code of the error when there is none. */
  readonly notFound: string
  follow(act: FollowAct): Promise<void>
}

/** Following an entry, and following it no longer. */
export function followRoutes({ url, noun, what, notFound, follow }: FollowedResource): Route[] {
  const terms = {
    ...COMMON,
    url: `${url}/{id}/follow`,
    params: entryParams('id'),
    permission: READERS,
    answers: { 200: { description: 'It is so, now or already', schema: OkAnswer } },
    errors: [notFound],
  } as const
  const handle =
    (isFollowed: boolean) => async (act: Omit<FollowAct, 'id' | 'isFollowed'> & { params: { id: number } }) => {
      const { caller, requestId, params } = act
      await follow({ caller, requestId, id: params.id, isFollowed })
      return { status: 200, body: OK_ANSWER }
    }
  return [
    defineRoute({ ...terms, method: 'POST', name: `follow${noun}`, summary: `Follow ${what}`, handle: handle(true) }),
    defineRoute({
      ...terms,
      method: 'DELETE',
      name: `unfollow${noun}`,
      summary: `Follow ${what} no longer`,
      handle: handle(false),
    }),
  ]
}
