// Who may import whom. Each comment says what to do instead.
const anyTest = '^(tests|scripts)/'
const node = { dependencyTypes: ['core'] }

export default {
  forbidden: [
    {
      name: 'shared-is-pure',
      comment: 'shared/ runs everywhere. Pass what you need in as an argument, or move the file to main/ or renderer/.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(main|renderer)/' },
    },
    {
      name: 'shared-knows-no-platform',
      comment:
        'No Node, Electron, React or plotly in shared/. Time, files and chance come in through `engine` or arguments.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: 'node_modules/(electron|react|react-dom|plotly[^/]*|@mantine|@duckdb|@tanstack|zustand)/' },
    },
    {
      name: 'shared-knows-no-node',
      comment: 'No node: modules in shared/. Do the reading in main/ and hand the content over.',
      severity: 'error',
      from: { path: '^shared/' },
      to: node,
    },
    {
      name: 'analyses-stand-alone',
      comment:
        'An analysis does not import another one. Move the common part up into shared/ (stats/, sql.ts, or a named file).',
      severity: 'error',
      from: { path: '^shared/analyses/([^/]+/[^/]+)/' },
      to: { path: '^shared/analyses/[^/]+/[^/]+/', pathNot: '^shared/analyses/$1/' },
    },
    {
      name: 'renderer-is-sandboxed',
      comment:
        'The window has no Node and no main/ code. Ask the engine (renderer/engine.ts) or the shell (window.casebook).',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^main/|node_modules/(electron|@duckdb)/' },
    },
    {
      name: 'renderer-knows-no-node',
      comment: 'The window has no Node. Ask the engine or the shell to do it.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: node,
    },
    {
      name: 'screens-stand-alone',
      comment:
        'A screen does not import another screen. Put the common part into renderer/ui, report, charts, forms or state.',
      severity: 'error',
      from: { path: '^renderer/screens/([^/]+)/' },
      to: { path: '^renderer/screens/[^/]+/', pathNot: '^renderer/screens/$1/' },
    },
    {
      name: 'engine-needs-no-electron',
      comment: 'Engine, learners, printers and the command line run in plain Node. Electron belongs to main/shell.',
      severity: 'error',
      from: { path: '^main/', pathNot: '^main/shell/' },
      to: { path: '^(main/shell|renderer)/|node_modules/(electron|react|react-dom|plotly[^/]*)/' },
    },
    {
      name: 'shell-starts-the-engine-only',
      comment: 'The shell starts the engine as a process and hands out ports; it imports neither engine nor page.',
      severity: 'error',
      from: { path: '^main/shell/' },
      to: { path: '^(main/(engine|learners|printers)|renderer)/|node_modules/(@duckdb|react|plotly[^/]*)/' },
    },
    {
      name: 'product-needs-no-tests',
      comment: 'Nothing that ships imports tests or scripts. Move the shared part out of tests/.',
      severity: 'error',
      from: { pathNot: anyTest },
      to: { path: anyTest },
    },
    // Cycles are Biome's (noImportCycles): the parser here cannot tell an import of types from one of values.
    {
      name: 'resolvable',
      comment: 'This import leads nowhere. Fix the path, or add the package to package.json.',
      severity: 'error',
      from: {},
      // plotly.js is types only (@types/plotly.js); its code comes from the strict bundle.
      to: { couldNotResolve: true, pathNot: '\\?raw$|^plotly\\.js$' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|\\.cache)/|\\.md(\\?raw)?$' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
