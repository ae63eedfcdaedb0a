import type { Setting } from './setting.ts'
import { CONFIG_FILE, SETTINGS } from './settings.ts'

interface Entry extends Setting<string | number> {
  /** In the file; undefined for the setting that names the file. */
  readonly name: string | undefined
}

function entries(): Entry[] {
  const named = Object.entries<Setting<string | number>>(SETTINGS).map(([name, setting]) => ({ ...setting, name }))
  return [...named, { ...CONFIG_FILE, name: undefined }]
}

/** What `--help` prints. */
export function renderHelp(): string {
  const rows = entries().map((entry) => [`  ${entry.flag} ${entry.placeholder}`, summarise(entry)] as const)
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  const lines = rows.map(([left, right]) => `${left.padEnd(width)}${right}`)
  return [
    'Portreeve decides, enforces and explains who reaches which repositories and data sources.',
    '',
    'Usage: npm start -- [flags]',
    '',
    ...lines,
    '',
    'Each is also an environment variable (--data-dir is PORTREEVE_DATA_DIR) and a key of the file (dataDir).',
    'A flag goes before the environment, that before the file. Give secrets by environment or file.',
    '',
  ].join('\n')
}

function summarise({ summary, default: standard }: Entry): string {
  return standard === undefined ? summary : `${summary} [${standard.described.replaceAll('`', '')}]`
}

/** docs/reference/config.md. */
export function renderConfigReference(): string {
  return [
    '# Settings',
    '',
    'Generated from `apps/server/src/config/settings.ts` by `npm run generate`.',
    '',
    'Each setting can be given as a flag (`--port 8471` or `--port=8471`), as an environment variable, or in a JSON file',
    'named by `PORTREEVE_CONFIG`. A flag goes before the environment, the environment before the file. An empty variable',
    'counts as unset. Relative paths are taken from the working directory, wherever they are written. A wrong or unknown',
    'setting stops the start with one message that lists every problem and its fix.',
    '',
    '| Variable | Flag | In the file | Default |',
    '|---|---|---|---|',
    ...entries().map(
      ({ env, flag, name, default: standard }) =>
        `| [\`${env}\`](#${env.toLowerCase()}) | \`${flag}\` | ${name === undefined ? '' : `\`${name}\``} | ${cell(standard?.described)} |`,
    ),
    '',
    ...entries().flatMap(renderEntry),
  ].join('\n')
}

function cell(described: string | undefined): string {
  if (described === undefined) return 'unset'
  return described.includes('`') ? described : `\`${described}\``
}

const SECRECY =
  'A secret: it appears in no message or log. Prefer the environment or the file to the flag, which other users of the machine can see.'

function renderEntry({ env, flag, placeholder, summary, details = '', isSecret }: Entry): string[] {
  const secrecy = isSecret ? SECRECY : ''
  const text = [`${summary}.`, details, secrecy].filter((part) => part !== '').join(' ')
  return [`## ${env}`, '', `\`${flag} ${placeholder}\``, '', text, '']
}
