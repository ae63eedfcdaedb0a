import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { renderConfigReference } from '../apps/server/src/config/config-reference.ts'
import { renderErrorsReference, renderOperationsReference } from './operations-reference.ts'

/** Every page of docs/reference, and what it is made from. */
const PAGES: readonly { readonly path: string; render(): string | Promise<string> }[] = [
  { path: 'docs/reference/config.md', render: renderConfigReference },
  { path: 'docs/reference/operations.md', render: renderOperationsReference },
  { path: 'docs/reference/errors.md', render: renderErrorsReference },
]

const root = new URL('../', import.meta.url)

/** Writes the pages; with `--check` only reports those that are not what they should be. */
async function main(isCheck: boolean): Promise<void> {
  for (const { path, render } of PAGES) {
    const file = fileURLToPath(new URL(path, root))
    const text = await render()
    if (text === (await readFile(file, 'utf8').catch(() => undefined))) continue
    if (isCheck) {
      console.error(`${path} is not up to date. Run "npm run generate".`)
      process.exitCode = 1
      continue
    }
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    console.log(`wrote ${path}`)
  }
}

await main(process.argv.includes('--check'))
