import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Makes a certificate that nobody has signed; answers the files of its key and of itself. */
export async function makeCertificate(
  directory: string,
): Promise<{ readonly key: string; readonly certificate: string }> {
  const [key, certificate] = [join(directory, 'key.pem'), join(directory, 'certificate.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await run('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', certificate, '-subj', '/CN=nobody'])
  return { key, certificate }
}
