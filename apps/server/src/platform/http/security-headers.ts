import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import helmet from 'helmet'

/**
 * Headers for answers that no browser should ever render, frame or guess at. They are the same for every answer, so helmet
 * works them out once.
 */
export function securityHeaders(baseUrl: string): Readonly<Record<string, string>> {
  const request = new IncomingMessage(new Socket())
  const response = new ServerResponse(request)
  setHeaders(baseUrl)(request, response, () => undefined)
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]))
}

function setHeaders(baseUrl: string) {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    frameguard: { action: 'deny' },
    // Switches of browsers long gone, and of features that answers without scripts cannot use.
    dnsPrefetchControl: false,
    ieNoOpen: false,
    originAgentCluster: false,
    permittedCrossDomainPolicies: false,
    xssFilter: false,
    // With https, browsers are told to stay with it.
    strictTransportSecurity: baseUrl.startsWith('https:') && { maxAge: 180 * 24 * 3600 },
  })
}
