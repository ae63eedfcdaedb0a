import { readFileSync } from 'node:fs'
import { startApp } from './app.ts'
import { type Config, loadConfig } from './config/config.ts'
import { renderHelp } from './config/config-reference.ts'
import { AppError } from './kernel/errors.ts'
import { createLogger } from './platform/telemetry/logger.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
const argv = process.argv.slice(2)

if (argv.includes('--help')) {
  process.stdout.write(renderHelp())
} else if (argv.includes('--version')) {
  process.stdout.write(`${version}\n`)
} else {
  const config = readConfig()
  if (config) await serve(config)
}

function readConfig(): Config | undefined {
  try {
    return loadConfig({ env: process.env, argv, readFile: (path) => readFileSync(path, 'utf8') })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
    return undefined
  }
}

async function serve(config: Config): Promise<void> {
  const logger = createLogger({ level: config.logLevel })
  const stopping = Promise.withResolvers<NodeJS.Signals>()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopping.resolve(signal))
  try {
    await using app = await startApp({ config, logger, version })
    logger.info({ url: app.url, dataDir: config.dataDir, authzDir: config.authzDir, version }, 'Portreeve is ready')
    // Not through the log, which may be kept: whoever has this link becomes the superadmin.
    if (app.setupLink)
      process.stdout.write(`\nMake the first superadmin here, within 24 hours:\n  ${app.setupLink}\n\n`)
    logger.info({ signal: await stopping.promise }, 'stopping: requests in flight are answered first')
  } catch (error) {
    if (error instanceof AppError) process.stderr.write(`${error.message}\n`)
    else logger.fatal({ err: error }, 'Portreeve cannot go on')
    process.exitCode = 1
  }
}
