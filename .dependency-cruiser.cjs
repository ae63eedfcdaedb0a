// What may import what. docs/architecture.md draws the picture; tools/architecture.test.ts proves that every rule fires.
//
// `noun.ts` is pure; `noun.<edge>.ts` touches the outside world through that edge.
const EDGE = '[.](http|jobs|sql|ldap|svn|mail)[.]ts$'
const TEST = '[.]test[.]ts$'
// dependency-cruiser names Node's own modules without their `node:` prefix.
const IO = '^(fs|net|http|https|http2|tls|dns|child_process|worker_threads|process|os)(/|$)'
const PACKAGES = '^node_modules/'

const SERVER = '^apps/server/src/'
const FEATURES = `${SERVER}features/`
const PLATFORM = `${SERVER}platform/`
const COMPOSITION = `${SERVER}(app/|(app|main)[.]ts$)`
const CONSOLE = '^apps/console/src/'
/** Our own packages without I/O: the words every door agrees on, and the authz language. */
const OUR_OTHER_PACKAGES = '^packages/(?!(contract|svn-authz)/)'

/** @param {string} name @param {string} comment @param {object} rule */
const forbid = (name, comment, rule) => ({ name, comment, severity: 'error', ...rule })

module.exports = {
  forbidden: [
    forbid('no-import-cycles', 'A file that needs itself through others has no place to start reading.', {
      from: {},
      to: { circular: true },
    }),
    forbid('no-feature-cycles', 'Two features that need each other, even through different files, are one feature.', {
      scope: 'folder',
      from: { path: `${FEATURES}[^/]+$` },
      to: { circular: true },
    }),
    forbid('kernel-imports-nothing', 'The kernel is the words everyone shares; it stands on nothing.', {
      from: { path: `${SERVER}kernel/`, pathNot: TEST },
      to: { path: [`${SERVER}(?!kernel/)`, '^packages/', PACKAGES, IO] },
    }),
    forbid('platform-knows-no-feature', 'The platform would serve any product; features tell it what to do.', {
      from: { path: PLATFORM },
      to: { path: [FEATURES, COMPOSITION] },
    }),
    forbid(
      'pure-unless-named-edge',
      'Rename the file to its edge (noun.sql.ts), or take what it does as a dependency.',
      {
        from: { path: FEATURES, pathNot: [EDGE, TEST] },
        to: { path: [PLATFORM, PACKAGES, OUR_OTHER_PACKAGES, IO, EDGE] },
      },
    ),
    forbid('edges-keep-apart', 'A route or job calls a use case; it never reaches for storage itself.', {
      from: { path: `${SERVER}.*[.](http|jobs)[.]ts$` },
      to: { path: ['[.](sql|ldap|svn|mail)[.]ts$', `${PLATFORM}database/`] },
    }),
    forbid('features-meet-at-index', 'Import another feature through its index.ts only.', {
      from: { path: `${FEATURES}([^/]+)/` },
      to: { path: FEATURES, pathNot: [`${FEATURES}$1/`, `${FEATURES}[^/]+/index[.]ts$`] },
    }),
    forbid('only-app-composes', 'Only the composition root sees everything; nothing looks back at it.', {
      from: { path: SERVER, pathNot: `${SERVER}(app/|(app|main)([.]test)?[.]ts$)` },
      to: { path: COMPOSITION },
    }),
    forbid('packages-stand-alone', 'A package is published or shared; no app is.', {
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    }),
    forbid('clients-meet-the-server-over-http', 'Command line, console and client use what any other client can use.', {
      from: { path: '^(apps/(?!server/)|packages/client/)' },
      to: { path: '^apps/server/' },
    }),
    forbid('console-parts-know-no-area', 'What areas are made of would serve any area, and stands without the shell.', {
      from: { path: `${CONSOLE}parts/` },
      to: { path: `${CONSOLE}(app|features)/` },
    }),
    forbid('console-areas-keep-apart', 'An area is one folder: it is made of parts, and only the shell knows it.', {
      from: { path: `${CONSOLE}features/([^/]+)/` },
      to: { path: `${CONSOLE}(app|features)/`, pathNot: `${CONSOLE}features/$1/` },
    }),
    forbid('tests-are-not-building-blocks', 'Shared test set-up goes in a file of its own, not in a test.', {
      from: { pathNot: TEST },
      to: { path: TEST },
    }),
  ],
  options: {
    // Types count: a pure file that needs a database type is not pure.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Built from what is looked at already.
    exclude: { path: '^apps/console/(dist|[.])' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
}
