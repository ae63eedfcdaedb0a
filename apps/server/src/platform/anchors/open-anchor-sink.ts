import { open } from 'node:fs/promises'
import { formatSyslog, sendSyslog, sendToLocalSyslog } from './syslog.ts'

const DEFAULT_PORTS = { udp: 514, tcp: 601 } as const

/** Where lines go for good: a file's path, `syslog:` for this machine's own log, `syslog://host` or `syslog+tcp://host`. */
export function openAnchorSink(target: string): (line: string) => Promise<void> {
  if (target === 'syslog:') return (line) => sendToLocalSyslog(line)
  if (!/^syslog(\+tcp)?:/i.test(target)) return (line) => appendLine(target, line)
  const url = new URL(target)
  const transport = url.protocol === 'syslog+tcp:' ? 'tcp' : 'udp'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port === '' ? DEFAULT_PORTS[transport] : Number(url.port)
  return (line) => sendSyslog({ host, port, transport }, formatSyslog(line, new Date()))
}

/** On the disk when this resolves. */
async function appendLine(path: string, line: string): Promise<void> {
  await using file = await open(path, 'a+', 0o640)
  const { size } = await file.stat()
  const { buffer: last } = await file.read(Buffer.alloc(1), { position: Math.max(0, size - 1) })
  // A disk that was full may have left half a line: behind it, this one would be read as another.
  const isWhole = size === 0 || last.toString() === '\n'
  await file.appendFile(`${isWhole ? '' : '\n'}${line}\n`)
  await file.datasync()
}
