import { fileURLToPath } from 'node:url'
import type { Mount } from '../../platform/http/mount.ts'
import { staticSite } from '../../platform/http/pages/static-site.ts'

/** Where `npm start` and `npm run build` put the built console. */
const DIRECTORY = fileURLToPath(new URL('../../../../console/dist', import.meta.url))

/** The pages of the administrators' console, as they were built. */
export function wireConsole({ baseUrl }: { readonly baseUrl: string }): { readonly mounts: readonly Mount[] } {
  return {
    mounts: staticSite({ name: 'console', title: 'The console', directory: DIRECTORY, at: '/console', baseUrl }),
  }
}
