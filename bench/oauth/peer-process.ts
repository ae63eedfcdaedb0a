/** oidc-provider alone, on its own memory: prints its port, and goes on until it is killed. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import process from 'node:process'
import { loadLibrary } from '../../apps/server/src/features/oauth/server/library.http.ts'

const [clientId = '', secret = ''] = process.argv.slice(2)
const { Provider } = await loadLibrary()
const provider = new Provider('http://127.0.0.1', {
  clients: [
    {
      client_id: clientId,
      client_secret: secret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  scopes: ['api'],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    introspection: { enabled: true, allowedPolicy: async () => true },
    resourceIndicators: { enabled: false },
  },
  ttl: { ClientCredentials: 1200 },
})
const server = createServer(provider.callback())
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
