// The tools, each with its project: what is installed (versions pinned), which folders of projects/ it is made of, how it is built,
// and what is served then. `fast`: the most used ones, a part of every `npm test`.

const copies = (...pairs) => pairs.map(([from, to]) => ['cp', '-r', from, to]);
const page = copies(['index.html', 'dist/'], ['public/.', 'dist/']);
const packageFolder = copies(['node_modules/smoothgrad', 'dist/smoothgrad']);

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
    server: ['vite', '--port', '{port}', '--strictPort', '--host', '127.0.0.1'],
  },
  {
    name: 'webpack',
    fast: true,
    install: { webpack: '5.113.0', 'webpack-cli': '7.3.1' },
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
    build: [['esbuild', 'main.js', '--bundle', '--format=iife', '--outdir=dist', '--log-level=error'], ...page, ...packageFolder],
  },
  {
    name: 'rollup',
    install: { rollup: '4.68.8', '@rollup/plugin-node-resolve': '16.0.3' },
    overlay: ['bundled', 'copied', 'rollup'],
    build: [['rollup', '-c', 'rollup.config.mjs'], ...page, ...packageFolder],
  },
];
