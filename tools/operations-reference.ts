import { declaredRoutes } from '../apps/server/src/app/declared-routes.ts'
import { listErrorCodes } from '../apps/server/src/kernel/errors.ts'
import { statusOf } from '../apps/server/src/platform/http/problems/problem.ts'
import type { Route } from '../apps/server/src/platform/http/route.ts'

const FORMATS: Readonly<Record<Route['formats'], string>> = {
  json: 'JSON',
  'json+xml': 'JSON, XML',
  huddle: 'JSON, XML, Huddle’s types',
  text: 'text',
}

/** docs/reference/operations.md: every operation with who may call it. */
export function renderOperationsReference(): string {
  const rows = declaredRoutes()
    .toSorted((a, b) => compare(a.url, b.url) || compare(a.method, b.method))
    .map(
      ({ method, url, summary, access, permission, formats }) =>
        `| \`${method} ${url}\` | ${summary} | ${access === 'public' ? 'without sign-in: ' : ''}${permission} | ${FORMATS[formats]} |`,
    )
  return `# Operations

Made by \`npm run generate\` from the declared routes. A running server has the same with all parameters, bodies and answers at \`/docs\`,
and for programs at \`/openapi.json\`. A trailing slash makes no difference. Besides these there are \`/healthz\`, \`/readyz\` and \`/metrics\`.

Superadmins add \`organisation=<id>\` to act in an organisation other than their own. Changes of the model answer 202 with the id of a task;
\`Prefer: respond-async\` queues them.

| Operation | Does | Who may | Formats |
|---|---|---|---|
${rows.join('\n')}
`
}

/** docs/reference/errors.md: every error code with its status. */
export function renderErrorsReference(): string {
  declaredRoutes()
  const rows = [...listErrorCodes()]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([code, kind]) => `| \`${code}\` | ${statusOf(kind)} |`)
  return `# Error codes

Made by \`npm run generate\` from the codes that are declared. Codes are public: a program may rely on them; messages are for people and change.
The teams interface answers \`{code, message, requestId}\` or \`<exception>\` with the same; the admin interface \`{error, message, requestId}\`, where
\`error\` is the code; the data-sources interface \`{message, status}\`, as its original. Codes of \`config\`, \`data_directory\`, \`embedded_postgres\` and \`migration\` are met at start, in the terminal.

| Code | Status |
|---|---|
${rows.join('\n')}
`
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
