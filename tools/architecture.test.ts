import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test as it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'

type Tree = Readonly<Record<string, string>>

const CONFIG = fileURLToPath(new URL('../.dependency-cruiser.cjs', import.meta.url))
const SERVER = 'apps/server/src'
const CONSOLE = 'apps/console/src'

/** A server in miniature that uses every freedom the rules leave. */
const CLEAN: Tree = {
  'node_modules/pg/package.json': '{ "name": "pg", "version": "1.0.0", "main": "index.js" }',
  'node_modules/pg/index.js': 'module.exports = {}',
  'packages/contract/src/index.ts': "import 'pg'\nexport const teamSchema = {}",
  'packages/client/src/index.ts': "import '../../contract/src/index.ts'",
  'apps/cli/src/main.ts': "import '../../../packages/client/src/index.ts'",
  [`${CONSOLE}/app/areas.ts`]: "import '../features/users/index.ts'",
  [`${CONSOLE}/features/users/index.ts`]: "import '../../parts/rights.ts'",
  [`${CONSOLE}/parts/rights.ts`]: "import '../../../../packages/client/src/index.ts'",
  [`${SERVER}/main.ts`]: "import './app.ts'",
  [`${SERVER}/app.ts`]:
    "import './features/teams/teams.http.ts'\nimport './features/teams/teams.sql.ts'\nimport './app/doors.ts'",
  [`${SERVER}/app/doors.ts`]: "import '../platform/http/server.ts'",
  [`${SERVER}/kernel/ids.ts`]: "import { randomUUID } from 'node:crypto'\nexport const newId = () => randomUUID()",
  [`${SERVER}/platform/database/database.ts`]: "import 'pg'\nexport interface Database { readonly url: string }",
  [`${SERVER}/platform/http/server.ts`]: "import 'node:http'\nimport '../../kernel/ids.ts'",
  [`${SERVER}/features/teams/index.ts`]: "export { type Team } from './team.ts'",
  [`${SERVER}/features/teams/team.ts`]:
    "import '../../kernel/ids.ts'\nimport '../../../../../packages/contract/src/index.ts'\nexport interface Team { readonly id: string }",
  [`${SERVER}/features/teams/teams.sql.ts`]: "import '../../platform/database/database.ts'\nimport './team.ts'",
  [`${SERVER}/features/teams/teams.http.ts`]: "import '../../platform/http/server.ts'\nimport './team.ts'",
  [`${SERVER}/features/teams/teams.sql.test.ts`]: "import 'node:fs'\nimport './teams.sql.ts'",
  [`${SERVER}/features/rules/index.ts`]: "export { type Rule } from './rule.ts'",
  [`${SERVER}/features/rules/rule.ts`]:
    "import type { Team } from '../teams/index.ts'\nexport interface Rule { readonly team: Team }",
}

const VIOLATIONS: ReadonlyArray<{ rule: string; how: string; files: Tree }> = [
  {
    rule: 'no-import-cycles',
    how: 'two files that import each other',
    files: {
      [`${SERVER}/features/teams/leader.ts`]: "import './subteam.ts'",
      [`${SERVER}/features/teams/subteam.ts`]: "import './leader.ts'",
    },
  },
  {
    rule: 'no-feature-cycles',
    how: 'two features that import each other through different files',
    files: {
      [`${SERVER}/features/teams/team-audience.ts`]:
        "import type { Rule } from '../rules/index.ts'\nexport type Audience = Rule",
    },
  },
  {
    rule: 'kernel-imports-nothing',
    how: 'a kernel file that imports the platform',
    files: { [`${SERVER}/kernel/page.ts`]: "import '../platform/http/server.ts'" },
  },
  {
    rule: 'kernel-imports-nothing',
    how: 'a kernel file that reads files',
    files: { [`${SERVER}/kernel/page.ts`]: "import 'node:fs/promises'" },
  },
  {
    rule: 'platform-knows-no-feature',
    how: 'a platform file that imports a feature',
    files: { [`${SERVER}/platform/jobs/worker.ts`]: "import '../../features/teams/index.ts'" },
  },
  {
    rule: 'pure-unless-named-edge',
    how: 'a pure file that imports only the type of the database',
    files: {
      [`${SERVER}/features/teams/list-teams.ts`]:
        "import type { Database } from '../../platform/database/database.ts'\nexport type Deps = Database",
    },
  },
  {
    rule: 'pure-unless-named-edge',
    how: 'a pure file that imports a Node I/O module',
    files: { [`${SERVER}/features/teams/list-teams.ts`]: "import 'node:fs'" },
  },
  {
    rule: 'pure-unless-named-edge',
    how: 'a pure file that imports an npm package',
    files: { [`${SERVER}/features/teams/list-teams.ts`]: "import 'pg'" },
  },
  {
    rule: 'pure-unless-named-edge',
    how: 'a pure file that imports an edge of its own feature',
    files: { [`${SERVER}/features/teams/list-teams.ts`]: "import './teams.sql.ts'" },
  },
  {
    rule: 'pure-unless-named-edge',
    how: 'a pure file that imports the HTTP client',
    files: { [`${SERVER}/features/teams/list-teams.ts`]: "import '../../../../../packages/client/src/index.ts'" },
  },
  {
    rule: 'edges-keep-apart',
    how: 'a route that imports SQL',
    files: { [`${SERVER}/features/teams/members.http.ts`]: "import './teams.sql.ts'" },
  },
  {
    rule: 'features-meet-at-index',
    how: 'a feature that reaches past the index of another',
    files: { [`${SERVER}/features/rules/audience.ts`]: "import '../teams/team.ts'" },
  },
  {
    rule: 'only-app-composes',
    how: 'a feature that imports the composition root',
    files: { [`${SERVER}/features/rules/rules.http.ts`]: "import '../../app.ts'" },
  },
  {
    rule: 'packages-stand-alone',
    how: 'a package that imports an app',
    files: { 'packages/contract/src/team.ts': "import '../../../apps/cli/src/main.ts'" },
  },
  {
    rule: 'clients-meet-the-server-over-http',
    how: 'the command line importing the server',
    files: { 'apps/cli/src/load.ts': "import '../../server/src/kernel/ids.ts'" },
  },
  {
    rule: 'console-parts-know-no-area',
    how: 'a part that imports an area',
    files: { [`${CONSOLE}/parts/link.tsx`]: "import '../features/users/index.ts'" },
  },
  {
    rule: 'console-areas-keep-apart',
    how: 'an area that imports another',
    files: { [`${CONSOLE}/features/teams/index.ts`]: "import '../users/index.ts'" },
  },
  {
    rule: 'tests-are-not-building-blocks',
    how: 'a source that imports a test',
    files: { 'packages/client/src/retry.ts': "import './retry.test.ts'", 'packages/client/src/retry.test.ts': '' },
  },
]

async function plant(root: string, tree: Tree): Promise<void> {
  for (const [path, source] of Object.entries(tree)) {
    const file = join(root, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, source)
  }
}

/** The names of the rules that `npm run check` would report for a tree, each once. */
async function brokenRules(root: string): Promise<string[]> {
  const options = await extractDepcruiseOptions(CONFIG)
  const { output } = await cruise(['apps', 'packages'], { ...options, validate: true, baseDir: root })
  const { summary } = output as ICruiseResult
  return [...new Set(summary.violations.map((violation) => violation.rule.name))]
}

describe('the architecture rules', () => {
  let root = ''

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'portreeve-architecture-'))
    await plant(root, CLEAN)
  })
  after(() => rm(root, { recursive: true, force: true }))

  it('pass a tree that keeps them', async () => {
    assert.deepEqual(await brokenRules(root), [])
  })

  for (const { rule, how, files } of VIOLATIONS) {
    it(`${rule} reports ${how}`, async () => {
      await plant(root, files)
      try {
        assert.deepEqual(await brokenRules(root), [rule])
      } finally {
        for (const path of Object.keys(files)) await rm(join(root, path))
      }
    })
  }

  it('have a planted violation each', async () => {
    const { ruleSet } = await extractDepcruiseOptions(CONFIG)
    const declared = (ruleSet?.forbidden ?? []).map((rule) => rule.name)
    assert.deepEqual([...new Set(VIOLATIONS.map(({ rule }) => rule))], declared)
  })
})
