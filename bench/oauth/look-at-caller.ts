import { signedInUsersStatement } from '../../apps/server/src/features/sign-in/signed-in-user.sql.ts'
import { secretToken } from '../../apps/server/src/platform/security/secret-token.ts'
import type { Pool } from '../harness/bench-database.ts'
import { interleave, timed } from '../harness/interleave.ts'

export interface CallersTokens {
  readonly ofApp: string
  readonly personal: string
}

/** Many short rounds: what the gate adds is less than what a machine with other work swings by. */
const ROUNDS = { rounds: 41, warmUps: 3 }
const LOOKS = 200

/**
 * In milliseconds, with the round trip: the statement that each API request begins with, which finds who calls by an app's
 * token, client and permission joined, and by a personal one, which is the same without those.
 */
export async function lookAtCaller(pool: Pool, { ofApp, personal }: CallersTokens) {
  const client = await pool.connect()
  try {
    const look = ({ name, text }: ReturnType<typeof signedInUsersStatement>, token: string) => {
      const query = { name, text, values: [[secretToken.digest(token)], [null]] }
      return async () => {
        const ms = await timed(async () => {
          for (let n = 0; n < LOOKS; n += 1) {
            if ((await client.query(query)).rows.length !== 1) throw new Error(`${name} did not find who calls.`)
          }
        })
        return ms / LOOKS
      }
    }
    return await interleave(
      {
        ours: look(signedInUsersStatement('bench.caller-of-app', 'oauth_access_token'), ofApp),
        peer: look(signedInUsersStatement('bench.caller', 'access_token'), personal),
      },
      ROUNDS,
    )
  } finally {
    client.release()
  }
}
