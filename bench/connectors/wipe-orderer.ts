import { SCRATCH_ADMIN } from '../../tools/scratch-server.ts'

/** Orders that these connectors be wiped; resolves when the order is taken. */
export type OrderWipe = (connectors: readonly number[]) => Promise<void>

/** Signed in anew, as one must be for this. */
export async function wipeOrderer(url: string): Promise<OrderWipe> {
  const headers = { 'content-type': 'application/json', origin: url }
  const send = async (path: string, body: unknown, cookie = ''): Promise<Response> => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { ...headers, cookie },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  const logIn = await send('/v1/admin/login/', SCRATCH_ADMIN)
  const [cookie] = (logIn.headers.get('set-cookie') ?? '').split(';', 1)
  return async (connectors) => {
    await send('/v1/admin/connectors/bulk/', { connector_ids: connectors, connector_state: 'Wipe' }, cookie)
  }
}
